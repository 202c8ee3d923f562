"""What customers tell around an error, by meaning: named once, with its words in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ..pattern import pattern_objection
from ..verdict import Verdict, Words
from .entries import read_entries
from .problem import CatalogueError, Entry, Problem
from .word_classes import load_word_classes, spell_out
from .words import words

FILE = Path(__file__).parent / "stories.yaml"
PREFIX = "story."
LONGEST_SPELT_OUT = 16_000  # with the words of its classes


@dataclass(frozen=True, slots=True)
class Story:
    """`hear` is looked for in one sentence, `unless` in the clause heard; a rule tests the signal `story.<id>`.

    A story that speaks for one side keeps a verdict of the other side from being called sure.
    """

    id: str
    means: Words
    hear: tuple[str, ...]
    unless: tuple[str, ...]
    heard_on: tuple[str, ...]
    unheard_on: tuple[str, ...]
    speaks_for: Verdict | None = None

    @property
    def signal(self) -> str:
        return PREFIX + self.id


@cache
def load_stories() -> Mapping[str, Story]:
    """The built-in stories by signal name. Raises CatalogueError with every problem found."""
    stories, problems = read_stories(FILE)
    if problems:
        raise CatalogueError(tuple(problems))
    return MappingProxyType({story.signal: story for story in stories})


def read_stories(path: Path) -> tuple[tuple[Story, ...], list[Problem]]:
    problems: list[Problem] = []
    stories: dict[str, Story] = {}
    for entry in read_entries(path, "id", problems):
        if entry.id in stories:
            entry.wrong("id is used already")
        stories[entry.id] = _story(entry)
        problems += entry.problems
    return tuple(stories.values()), problems


def _story(entry: Entry) -> Story:
    entry.check_keys(
        required=frozenset({"id", "means", "hear", "heard_on", "unheard_on"}),
        optional=frozenset({"unless", "speaks_for"}),
    )
    story = Story(
        id=entry.id,
        means=words(entry, "means"),
        hear=_spelt_out(entry, "hear"),
        unless=_spelt_out(entry, "unless"),
        heard_on=entry.texts("heard_on"),
        unheard_on=entry.texts("unheard_on"),
        speaks_for=_side(entry),
    )
    for pattern in (*story.hear, *story.unless):
        objection = pattern_objection(pattern, LONGEST_SPELT_OUT)
        if objection:
            entry.wrong(objection)
    for key in ("hear", "heard_on", "unheard_on"):
        if not entry.raw.get(key):
            entry.wrong(f"{key} needs at least one entry")
    return story


def _spelt_out(entry: Entry, key: str) -> tuple[str, ...]:
    try:
        return tuple(spell_out(pattern, load_word_classes()) for pattern in entry.texts(key))
    except KeyError as unknown:
        entry.wrong(f"{key} names an unknown class of words: {unknown}")
        return ()


def _side(entry: Entry) -> Verdict | None:
    raw = entry.raw.get("speaks_for")
    if raw is not None and raw not in set(Verdict):
        entry.wrong(f"speaks_for must be one of {', '.join(Verdict)}, not {raw!r}")
        return None
    return None if raw is None else Verdict(str(raw))
