from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.services.rule.case import QUIET, Offer
from tickets.services.rule.exchange import LONGEST

from .report import PastedText


class RuleCaseForm(forms.Form):
    """Which rule, and the text as it shall be kept."""

    case = forms.ChoiceField(label=_("Which rule learns from it"))
    text = PastedText(
        label=_("The case, as it will be kept"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "class": "mono", "spellcheck": "false"}),
    )
    confirmed = forms.BooleanField(
        label=_("I have read this text: it names no customer, and nothing in it must stay private.")
    )

    def __init__(self, data: Any = None, *, offered: list[Offer], text: str) -> None:
        super().__init__(data, initial={"text": text})
        labels = {
            True: _("must keep quiet: %(rule)s (%(cause)s)"),
            False: _("must fire: %(rule)s (%(cause)s)"),
        }
        field = self.fields["case"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = [
            (
                f"{offer.kind} {offer.rule}",
                labels[offer.kind == QUIET] % {"rule": offer.rule, "cause": offer.cause},
            )
            for offer in offered
        ]

    @property
    def chosen(self) -> tuple[str, str]:
        """Kind and rule."""
        kind, _sep, rule = self.cleaned_data["case"].partition(" ")
        return kind, rule
