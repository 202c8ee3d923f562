"""What forms of canned replies and of macros have in common: for whom, since which version, tried on which ticket."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Person, Ticket
from tickets.models.scoped import OWN
from tickets.services.scope import scopes_open_to


class KeptForm(forms.Form):
    scope = forms.ChoiceField(
        label=_("For whom"), required=False, help_text=_("Others see it neither in lists nor at a ticket.")
    )
    ticket = forms.IntegerField(
        label=_("Preview on ticket"), required=False, min_value=1, max_value=2**62, help_text=_("Its number.")
    )
    seen = forms.IntegerField(
        required=False, widget=forms.HiddenInput
    )  # the version that the edit began with

    def __init__(
        self,
        data: Any,
        *,
        by: Person,
        may_share: bool,
        stood: str,
        seen: int | None,
        initial: Mapping[str, Any],
    ) -> None:
        """`stood` is the scope that it has; where there is no other to choose, nothing is asked."""
        self.by, self.stood = by, stood
        super().__init__(data, initial={"scope": stood, "seen": seen, **initial})
        choices = scopes_open_to(by, may_share=may_share)
        if len(choices) == 1:
            del self.fields["scope"]
        else:
            cast(forms.ChoiceField, self.fields["scope"]).choices = choices

    @property
    def scope_chosen(self) -> str:
        return self.cleaned_data.get("scope") or self.stood or OWN

    def clean_ticket(self) -> Ticket | None:
        number = self.cleaned_data["ticket"]
        if number is None:
            if "preview" in self.data:
                raise forms.ValidationError(_("Give the number of a ticket."))
            return None
        ticket = Ticket.objects.visible_to(self.by).filter(number=number).first()
        if ticket is None:
            raise forms.ValidationError(_("There is no ticket #%(number)s."), params={"number": number})
        return ticket
