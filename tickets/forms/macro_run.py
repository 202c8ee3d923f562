from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.services.macro.plan import Plan
from tickets.services.macro.run import Texts

from .doubts import DoubtsRead
from .report import PastedText

MOST = 50_000
OF_THE_REASON = 2000


class MacroRunForm(DoubtsRead):
    """The texts of a macro as they would go out and be kept, to be read and edited before it runs."""

    body = PastedText(
        label=_("What the customer gets"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 9, "data-enter": True}),
        error_messages={"required": _("There is nothing to send yet.")},
    )
    note = PastedText(
        label=_("The note"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 3, "data-enter": True})
    )
    reason = PastedText(
        label=_("What the engineer is asked"),
        max_length=OF_THE_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "data-enter": True}),
        error_messages={"required": _("Say what the engineer should find out or do.")},
    )
    # Length of the chain that the preview was made of.
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        """Only with the texts that the plan has."""
        super().__init__(*args, **{"auto_id": "macro-%s", **kwargs})  # the composer shares the page
        if plan.letter is None or plan.letter.is_fixed:
            del self.fields["body"]
        if not plan.note:
            del self.fields["note"]
        if not plan.reason:
            del self.fields["reason"]

    @property
    def texts(self) -> Texts:
        return Texts(**{name: self.cleaned_data.get(name, "") for name in ("body", "note", "reason")})
