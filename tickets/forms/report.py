from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tickets.forms.attachment import FilesField
from tickets.forms.questions import QUESTIONS
from tickets.services.evidence import BadValue, parse_value
from triage.engine.evidence import FIELDS, Kind, Value


class PastedText(forms.CharField):
    """Anything that a clipboard holds. NUL, which the form library refuses, becomes a visible mark."""

    default_error_messages = {
        "max_length": _("This is too long: it has %(show_value)d characters, and %(limit_value)d fit.")
    }

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\x00", "\ufffd") if isinstance(value, str) else value) or ""


class PasteForm(forms.Form):
    """The one box: whatever the customer sees. What stands in files counts too."""

    text = PastedText(
        label=_("Paste what you see"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Paste the error or describe in a sentence what happens.")},
        strip=False,
    )
    uploads = FilesField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = cleaned.get("text", "")
        if "text" in self.errors or "uploads" in self.errors or cleaned.get("uploads"):
            return cleaned
        if not text.strip():
            self.add_error("text", self.fields["text"].error_messages["required"])
        elif not any(letter.isalnum() for letter in text):
            self.add_error("text", _("There is no readable text in this. Paste the error as text."))
        return cleaned


class ReportForm(PasteForm):
    """The paste, an address for the answer, and only those facts that are still missing."""

    email = forms.EmailField(
        label=_("E-mail for the answer"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, missing: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [field for field in missing if field in FIELDS and field != "raw_error"]
        for field in self.asked:
            self.fields[f"told_{field}"] = told_field(field)

    @property
    def told(self) -> dict[str, Value]:
        """The answers given, typed."""
        answers = {field: self.cleaned_data.get(f"told_{field}") for field in self.asked}
        return {field: value for field, value in answers.items() if value is not None}


class ToldField(forms.CharField):
    """An optional evidence value: typed as its field is, refused with a sentence that says what would fit."""

    def __init__(self, *, evidence: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.evidence = evidence

    def clean(self, value: Any) -> Value | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_value(self.evidence, text)
        except BadValue as refused:
            raise forms.ValidationError(str(refused)) from refused


def told_field(field: str) -> forms.Field:
    definition = FIELDS[field]
    label, help_text = QUESTIONS.get(field, (definition.in_language(get_language() or "en"), ""))
    asked: dict[str, Any] = {"label": label, "help_text": help_text, "required": False}
    if field == "raw_error":
        return PastedText(**asked, strip=False, widget=forms.Textarea(attrs={"rows": 5}))
    if definition.kind == Kind.YES_NO:
        choices = [("", _("I do not know")), ("yes", _("Yes")), ("no", _("No"))]
        return ToldField(**asked, evidence=field, widget=forms.RadioSelect(choices=choices))
    return ToldField(**asked, evidence=field, max_length=2000)
