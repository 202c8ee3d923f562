"""An article in both languages side by side, in its fixed shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tickets.models import FaqEntry, Language
from tickets.services.article.parts import FACT_TITLES, TITLES
from tickets.services.catalogue import catalogue
from tickets.services.faq.content import Content
from tickets.services.redaction import safe_words

LONGEST_TITLE, LONGEST_PART, LONGEST_LINE, MOST_LINES = 200, 8_000, 300, 40
HELP = {
    "title": _("As somebody says it who does not know the cause: the status and what they see."),
    "symptom": _("In the words of customers, without names, keys or ids."),
    "fix": _("One step on each line, in order."),
}
TALL = {"fix": 6, "summary": 3, "title": 1}


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the shape, in each language."""

    title: Any
    help: Any
    cells: list[tuple[str, BoundField]]


class Lines(forms.CharField):
    """One entry on each line, as a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in (super().to_python(value) or "").splitlines()]
        return list(dict.fromkeys(safe_words(line) for line in lines if line))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINES:
            raise forms.ValidationError(
                _("These are too many lines; %(n)s are the most."), params={"n": MOST_LINES}
            )
        if any(len(line) > LONGEST_LINE for line in value):
            raise forms.ValidationError(
                _("A line is too long; %(n)s characters are the most."), params={"n": LONGEST_LINE}
            )


class FaqEntryForm(forms.Form):
    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        help_text=_("Stands behind /faq/ and stays the same once the article was public."),
    )
    cause = forms.ChoiceField(label=FACT_TITLES["cause"], required=False)
    codes = Lines(label=FACT_TITLES["codes"], help_text=_("As machines write them, one on each line."))
    strings = Lines(
        label=FACT_TITLES["strings"],
        help_text=_("One on each line. Who pastes a text that holds one of them finds this article first."),
    )
    related = Lines(
        label=FACT_TITLES["related"], help_text=_("The addresses of other articles, one on each line.")
    )
    gap = forms.CharField(
        label=FACT_TITLES["gap"],
        required=False,
        max_length=300,
        help_text=_("Only where one language is left empty; readers of that language see it."),
    )
    seen = forms.IntegerField(
        required=False, widget=forms.HiddenInput
    )  # the version that the edit began with

    def __init__(self, data: Any = None, *, entry: FaqEntry, content: Content, seen: int | None) -> None:
        self.entry = entry
        said = {
            f"{language}-{name}": value
            for language, text in content["texts"].items()
            for name, value in text.items()
        }
        facts = {name: value for name, value in content.items() if name != "texts"}
        super().__init__(data, initial={"slug": entry.slug, "seen": seen, **facts, **said})
        causes = catalogue().causes
        reader = get_language() or "en"
        self.fields["cause"].choices = [  # type: ignore[attr-defined]
            ("", _("none: a standing question")),
            *((slug, f"{cause.title.in_language(reader)} ({slug})") for slug, cause in causes.items()),
        ]
        if entry.published_at:
            del self.fields["slug"]
        for language in Language.values:
            for name in TITLES:
                self.fields[f"{language}-{name}"] = _field(name, language)

    @property
    def rows(self) -> Iterator[Row]:
        for name, title in TITLES.items():
            cells = [(language, self[f"{language}-{name}"]) for language in Language.values]
            yield Row(title, HELP.get(name, ""), cells)

    @property
    def content(self) -> Content:
        given = self.cleaned_data
        texts = {
            language: {name: given[f"{language}-{name}"] for name in TITLES}
            for language in Language.values
            if self._is_written(language)
        }
        return {**{name: given[name] for name in FACT_TITLES}, "texts": texts}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "gap" in given:
            given["gap"] = safe_words(given["gap"])
        written = [language for language in Language.values if self._is_written(language)]
        if not written:
            self.add_error(f"{Language.ENGLISH}-title", _("Write it in one language at least."))
        for language in written:
            if not given.get(f"{language}-title") and f"{language}-title" not in self.errors:
                self.add_error(f"{language}-title", _("The article needs a title in this language too."))
        return given

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if FaqEntry.objects.filter(slug=slug).exclude(pk=self.entry.pk).exists():
            raise forms.ValidationError(_("Another article has this address."))
        return slug

    def clean_related(self) -> list[str]:
        slugs: list[str] = self.cleaned_data["related"]
        known = set(FaqEntry.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        unknown = [slug for slug in slugs if slug not in known or slug == self.entry.slug]
        if unknown:
            raise forms.ValidationError(
                _("There is no other article with the address %(slugs)s."),
                params={"slugs": ", ".join(unknown)},
            )
        return slugs

    def _is_written(self, language: str) -> bool:
        return any(self.cleaned_data.get(f"{language}-{name}") for name in TITLES)


class SafeProse(forms.CharField):
    """Markdown. A secret in it is masked before it is kept."""

    def clean(self, value: Any) -> Any:
        said = super().clean(value)
        return safe_words(said.replace("\r\n", "\n")) if isinstance(said, str) else said


def _field(name: str, language: str) -> forms.Field:
    shown = {"lang": "zh-Hans" if language == Language.CHINESE else "en"}
    if name == "fix":
        steps = Lines()
        steps.widget.attrs |= {**shown, "rows": TALL["fix"]}
        return steps
    if name == "title":
        return SafeProse(required=False, max_length=LONGEST_TITLE, widget=forms.TextInput(attrs=shown))
    return SafeProse(
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={**shown, "rows": TALL.get(name, 4)}),
    )
