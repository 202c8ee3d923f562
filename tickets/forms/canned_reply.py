"""A canned reply in both languages as one item."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tickets.models import Language, Person, Ticket
from tickets.services.catalogue import catalogue
from tickets.services.content_diff import Content
from tickets.services.redaction import safe_words

from .letter_check import objections_of
from .report import PastedText

LONGEST_TITLE, LONGEST_BODY = 160, 20_000


class CannedReplyForm(forms.Form):
    cause = forms.ChoiceField(label=_("Cause"), help_text=_("It is suggested where this cause is found."))
    for_all = forms.BooleanField(label=_("For everybody"), required=False)
    ticket = forms.IntegerField(
        label=_("Preview on ticket"), required=False, min_value=1, max_value=2**62, help_text=_("Its number.")
    )
    seen = forms.IntegerField(
        required=False, widget=forms.HiddenInput
    )  # the version that the edit began with

    def __init__(
        self, data: Any = None, *, content: Content, seen: int | None, by: Person, may_share: bool
    ) -> None:
        self.by, self.stood_for_all = by, content["for_all"]
        said = {
            f"{language}-{name}": text
            for language, text_of in content["texts"].items()
            for name, text in text_of.items()
        }
        super().__init__(
            data, initial={"seen": seen, "cause": content["cause"], "for_all": content["for_all"], **said}
        )
        reader = get_language() or "en"
        self.fields["cause"].choices = [  # type: ignore[attr-defined]
            (slug, f"{cause.title.in_language(reader)} ({slug})")
            for slug, cause in catalogue().causes.items()
        ]
        if not may_share:
            del self.fields["for_all"]
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
        for_all = given["for_all"] if "for_all" in self.fields else self.stood_for_all
        return {"cause": given["cause"], "for_all": for_all, "texts": texts}

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

    def clean_ticket(self) -> Ticket | None:
        number = self.cleaned_data["ticket"]
        if number is None:
            return None
        ticket = Ticket.objects.visible_to(self.by).filter(number=number).first()
        if ticket is None:
            raise forms.ValidationError(_("There is no ticket #%(number)s."), params={"number": number})
        return ticket


def _fields(language: str) -> dict[str, forms.Field]:
    """Both languages are written: which one a customer reads is not known beforehand."""
    shown = {"lang": "zh-Hans" if language == Language.CHINESE else "en"}
    return {
        f"{language}-title": forms.CharField(max_length=LONGEST_TITLE, widget=forms.TextInput(attrs=shown)),
        f"{language}-body": PastedText(
            max_length=LONGEST_BODY, widget=forms.Textarea(attrs={**shown, "rows": 14})
        ),
    }
