from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.forms.doubts import DoubtsRead
from tickets.forms.report import PastedText
from tickets.models import Incident, Language

TEXTS = {Language.ENGLISH.value: "text_en", Language.CHINESE.value: "text_zh"}


class UpdateForm(DoubtsRead):
    """A word to every customer of an incident, and how it stands with it."""

    SPEAK_OF = tuple(TEXTS.values())

    state = forms.ChoiceField(label=_("State"), choices=Incident.State.choices, widget=forms.RadioSelect)
    text_en = PastedText(
        label=_("In English"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "en"}),
    )
    text_zh = PastedText(
        label=_("In Chinese"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "zh-Hans"}),
    )
    is_public = forms.BooleanField(label=_("Also on the public status page"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.texts:
            self.add_error("text_en", _("Write at least one of the two texts."))
        return cleaned

    @property
    def texts(self) -> Mapping[str, str]:
        """By language, those that were written."""
        written = {language: self.cleaned_data.get(field, "") for language, field in TEXTS.items()}
        return {language: text for language, text in written.items() if text.strip()}
