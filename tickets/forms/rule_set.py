from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.services.rule.exchange import LONGEST, Brought, read_text

from .report import PastedText
from .rule import line_of


class BacktestForm(forms.Form):
    """The last days, or a number of tickets."""

    days = forms.IntegerField(
        label=_("Days"),
        min_value=1,
        max_value=3650,
        initial=30,
        required=False,
        widget=forms.NumberInput(attrs={"class": "number-s"}),
    )
    most = forms.IntegerField(
        label=_("or the newest tickets"),
        min_value=1,
        max_value=5_000_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "number-s"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("days") and not given.get("most"):
            self.add_error("days", _("Say how many days, or how many tickets."))
        return given


class ImportForm(forms.Form):
    text = PastedText(
        label=_("Rule set as YAML"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "mono", "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("or a file"), required=False)

    brought: Brought

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        text = given.get("text", "")
        if file := given.get("file"):
            text = file.read(LONGEST * 4).decode("utf-8", "replace")
        if not text.strip():
            self.add_error("text", _("Paste an exported rule set, or choose its file."))
            return given
        self.brought = read_text(text)
        for mistake in self.brought.mistakes[:20]:
            where = line_of(mistake)
            self.add_error("text", f"{where}: {mistake.what}" if where else mistake.what)
        return given
