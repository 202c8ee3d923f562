"""What a rule can be made of, in the reader's language: signals to test, tests, causes, strengths."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from triage.engine.catalogue.stories import load_stories
from triage.engine.context import PATHS
from triage.engine.evidence import FIELDS
from triage.engine.rule import TEXT_SIGNALS, Op, Strength
from triage.engine.signal_names import DERIVED

from ..catalogue import catalogue

Choices = list[tuple[str, str]]

OPS = {
    Op.IS: _("is"),
    Op.IN: _("is one of"),
    Op.CONTAINS: _("contains"),
    Op.MATCHES: _("matches the pattern"),
    Op.STARTS_WITH: _("starts with"),
    Op.ABOVE: _("is above"),
    Op.BELOW: _("is below"),
    Op.BETWEEN: _("is between"),
    Op.EXISTS: _("is there (true or false)"),
}
STRENGTHS = {
    Strength.SURE: _("sure: settles it"),
    Strength.LIKELY: _("likely: speaks for it"),
    Strength.HINT: _("hint: one sign among others"),
}
TEXTS = {
    "text": _("the whole text"),
    "told": _("the customer's own words"),
    "error": _("machine output only"),
    "innermost": _("the message of the innermost error"),
}


def ops() -> Choices:
    return [(str(op), str(title)) for op, title in OPS.items()]


def strengths() -> Choices:
    return [(str(strength), str(title)) for strength, title in STRENGTHS.items()]


def signals(language: str) -> list[tuple[str, Choices]]:
    """In groups, as a list to choose from shows them."""
    return [
        (gettext("Text"), [(name, str(TEXTS[name])) for name in TEXT_SIGNALS]),
        (gettext("Evidence"), [(name, field.in_language(language)) for name, field in FIELDS.items()]),
        (gettext("Derived"), [(name, name.removeprefix("fact.").replace("_", " ")) for name in DERIVED]),
        (gettext("Looked up"), [(f"context.{path}", path) for path in PATHS]),
        (gettext("What the customer tells"), list(_stories(language))),
    ]


def causes(language: str) -> list[tuple[str, Choices]]:
    families: dict[str, Choices] = {}
    for cause in sorted(catalogue().causes.values(), key=lambda cause: cause.slug):
        families.setdefault(cause.family, []).append((cause.slug, cause.title.in_language(language)))
    return list(families.items())


def _stories(language: str) -> Iterator[tuple[str, str]]:
    for name, story in load_stories().items():
        yield name, story.means.in_language(language)
