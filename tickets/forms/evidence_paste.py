from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .attachment import FilesField
from .report import PastedText


class PasteEvidenceForm(forms.Form):
    """Anything that a person of the desk has at hand: text, curl, JSON, a log, a HAR export, pictures."""

    text = PastedText(
        label=_("Paste more evidence"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "mono"}),
    )
    uploads = FilesField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("text", "").strip() and not cleaned.get("uploads"):
            self.add_error("text", _("There is nothing to read yet."))
        return cleaned
