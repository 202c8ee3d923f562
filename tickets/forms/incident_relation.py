from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Incident

from .incident import NumbersField


class OtherForm(forms.Form):
    """Another incident, by its number."""

    other = forms.IntegerField(label=_("Number of the incident"), min_value=1, max_value=2**31 - 1)

    def clean_other(self) -> Incident:
        found = Incident.objects.filter(pk=self.cleaned_data["other"]).first()
        if found is None:
            raise forms.ValidationError(_("There is no incident with this number."))
        return found


class SplitForm(forms.Form):
    title = forms.CharField(label=_("Title of the new incident"), max_length=200)
    numbers = NumbersField(label=_("Tickets that go there"), max_length=4000)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "split-%s", **kwargs})
        self.incident = incident

    def clean_numbers(self) -> list[Any]:
        """The tickets, all of this incident."""
        numbers = set(self.cleaned_data["numbers"])
        found = list(self.incident.tickets.filter(pk__in=numbers).order_by("pk"))
        missing = numbers - {ticket.pk for ticket in found}
        if missing:
            shown = ", ".join(f"#{number}" for number in sorted(missing)[:10])
            raise forms.ValidationError(_("Not of this incident: %(numbers)s") % {"numbers": shown})
        return found
