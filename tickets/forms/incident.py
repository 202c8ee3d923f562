import re

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Incident

MOST_NUMBERS = 200  # tickets that are typed at once


class NumbersField(forms.CharField):
    """Ticket numbers as people write them: `4127, #4119` or one a line."""

    def clean(self, value: str | None) -> list[int]:
        text = super().clean(value)
        if re.search(r"[^\d\s,，、#]", text):
            raise forms.ValidationError(_("Write ticket numbers, such as 4127, 4119."))
        numbers = [int(number) for number in re.findall(r"\d{1,17}", text)]
        if len(numbers) > MOST_NUMBERS:
            raise forms.ValidationError(
                _("Up to %(count)d numbers at once. Select more in the inbox and link them there.")
                % {"count": MOST_NUMBERS}
            )
        return numbers


class IncidentForm(forms.ModelForm):
    numbers = NumbersField(
        label=_("Tickets"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Their numbers. More can be attached later, from here or from the inbox."),
    )

    class Meta:
        model = Incident
        fields = ["title", "provider", "model", "route"]
        help_texts = {"title": _("What fails, for whom: “gpt-4o answers 429 to everybody”.")}


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=Incident.State.choices)


class AttachForm(forms.Form):
    numbers = NumbersField(label=_("Ticket numbers"), max_length=4000)
