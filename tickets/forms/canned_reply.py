"""A canned reply in both languages as one item."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tickets.models import Language, Person
from tickets.services.catalogue import catalogue
from tickets.services.content_diff import Content
from tickets.services.redaction import safe_words

from .kept import KeptForm
from .letter_check import objections_of
from .report import PastedText

LONGEST_TITLE, LONGEST_BODY = 160, 20_000


class CannedReplyForm(KeptForm):
    cause = forms.ChoiceField(label=_("Cause"), help_text=_("It is suggested where this cause is found."))
    field_order = ("cause", "scope", "ticket", "seen")

    def __init__(
        self, data: Any = None, *, content: Content, seen: int | None, by: Person, may_share: bool
    ) -> None:
        said = {
            f"{language}-{name}": text
            for language, text_of in content["texts"].items()
            for name, text in text_of.items()
        }
        initial = {"cause": content["cause"], **said}
        super().__init__(data, by=by, may_share=may_share, stood=content["scope"], seen=seen, initial=initial)
        reader = get_language() or "en"
        self.fields["cause"].choices = [  # type: ignore[attr-defined]
            (slug, f"{cause.title.in_language(reader)} ({slug})")
            for slug, cause in catalogue().causes.items()
        ]
        for language in Language.values:
            self.fields |= _fields(language)

    @property
    def rows(self) -> Iterator[tuple[Any, list[tuple[str, BoundField]]]]:
        for name, title in (("title", _("Title")), ("body", _("Text"))):
            yield title, [(language, self[f"{language}-{name}"]) for language in Language.values]

    @property
    def content(self) -> Content:
        given = self.cleaned_data
        texts = {
            language: {name: given[f"{language}-{name}"] for name in ("title", "body")}
            for language in Language.values
        }
        return {"cause": given["cause"], "scope": self.scope_chosen, "texts": texts}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for language in Language.values:
            for name in ("title", "body"):
                field = f"{language}-{name}"
                if given.get(field):
                    given[field] = safe_words(given[field].replace("\r\n", "\n"))
            for objection in objections_of(given.get(f"{language}-body", "")):
                self.add_error(f"{language}-body", objection)
        return given


def _fields(language: str) -> dict[str, forms.Field]:
    """Both languages are written: which one a customer reads is not known beforehand."""
    shown = {"lang": "zh-Hans" if language == Language.CHINESE else "en"}
    return {
        f"{language}-title": forms.CharField(max_length=LONGEST_TITLE, widget=forms.TextInput(attrs=shown)),
        f"{language}-body": PastedText(
            max_length=LONGEST_BODY, widget=forms.Textarea(attrs={**shown, "rows": 14})
        ),
    }
