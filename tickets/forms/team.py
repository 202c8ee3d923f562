from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Team

from .assignment_rule import people_who_work


class TeamForm(forms.ModelForm):
    people = forms.ModelMultipleChoiceField(
        people_who_work(), label=_("People"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Team
        fields = ("name", "is_narrow")
        help_texts: ClassVar[dict[str, Any]] = {
            "is_narrow": _(
                "Tickets of their teams, of no team, and those assigned to them. Engineers, billing and admins see all."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people_who_work()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["people"] = list(self.instance.members.values_list("pk", flat=True))

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if Team.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a team of this name already."))
        return name


class TicketTeamForm(forms.Form):
    """Whose queue a ticket stands in."""

    team = forms.ModelChoiceField(
        Team.objects.all(), label=_("Team"), required=False, empty_label=_("No team: everybody sees it")
    )
