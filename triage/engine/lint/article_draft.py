"""An article as the publication check reads it: every version, every part, and the page that would show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..verdict import Words

# Parts that hold sentences. `fix` is a list of steps; its parts are named fix.1, fix.2 and so on.
PROSE = (
    "title",
    "summary",
    "symptom",
    "applies_to",
    "why",
    "check",
    "admin",
    "escalation",
    "charged",
    "works",
)


@dataclass(frozen=True, slots=True)
class Version:
    """One language of an article. `parts` are named as in PROSE."""

    parts: Mapping[str, str]
    fix: tuple[str, ...] = ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Name and text of each part, in the order of the page."""
        for name in PROSE:
            yield name, self.parts.get(name, "")
            if name == "why":
                yield from ((f"fix.{number}", step) for number, step in enumerate(self.fix, start=1))

    def part(self, name: str) -> str:
        return self.parts.get(name, "")


@dataclass(frozen=True, slots=True)
class Page:
    """What the public page of one language would show, beside the data that machines read from it."""

    visible: str
    description: str
    data: Mapping[str, object]
    updated: date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """`gap` says why a language is missing. `figures` are those that stand in the evidence, and so are no invention."""

    slug: str
    versions: Mapping[str, Version]
    codes: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    gap: str = ""
    figures: frozenset[str] = frozenset()
    pages: Mapping[str, Page] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """Where: language (empty for both) and part; `said` is the place itself. Why: one sentence."""

    language: str
    part: str
    said: str
    why: Words

    def __str__(self) -> str:
        return f"{self.language or 'en, zh'} {self.part}: {self.why.en} ({self.said})"
