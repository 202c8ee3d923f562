"""Articles of the catalogue: public answers to one recurring cause or standing question, in a fixed shape."""

from dataclasses import dataclass

from ..verdict import Words
from .problem import Entry
from .words import LANGUAGES, words

# The parts in the order in which the page shows them. Empty where a part does not apply is not allowed: it says so.
PARTS = ("symptom", "applies_to", "why", "check", "admin", "escalation", "charged", "works")
REQUIRED = frozenset({"slug", "title", "summary", "fix", *PARTS})
OPTIONAL = frozenset({"cause", "codes", "strings", "related"})


@dataclass(frozen=True, slots=True)
class Article:
    """`strings` are exact error texts and `codes` error codes, both as machines write them, in no language.

    `fix` are the steps in order. All prose is Markdown. `cause` is empty for a standing question.
    """

    slug: str
    cause: str
    title: Words
    summary: Words
    parts: dict[str, Words]
    fix: tuple[Words, ...]
    codes: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def read_article(entry: Entry) -> Article:
    entry.check_keys(required=REQUIRED, optional=OPTIONAL)
    return Article(
        slug=entry.id,
        cause=entry.text("cause"),
        title=words(entry, "title"),
        summary=words(entry, "summary"),
        parts={part: words(entry, part) for part in PARTS},
        fix=_steps(entry),
        codes=entry.texts("codes"),
        strings=entry.texts("strings"),
        related=entry.texts("related"),
    )


def _steps(entry: Entry) -> tuple[Words, ...]:
    raw = entry.raw.get("fix")
    if not isinstance(raw, dict) or raw.keys() != set(LANGUAGES):
        entry.wrong("fix must be a mapping with en and zh")
        return ()
    lists = [raw[language] for language in LANGUAGES]
    if not all(isinstance(steps, list) and steps and all(map(_is_text, steps)) for steps in lists):
        entry.wrong("fix.en and fix.zh must be lists of steps")
        return ()
    if len(lists[0]) != len(lists[1]):
        entry.wrong("fix has more steps in one language than in the other")
        return ()
    return tuple(Words(en.strip(), zh.strip()) for en, zh in zip(*lists, strict=True))


def _is_text(step: object) -> bool:
    return isinstance(step, str) and bool(step.strip())
