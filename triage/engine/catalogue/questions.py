"""What a customer is asked for one missing fact or test, in both languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ..verdict import Words
from .entries import read_entries
from .problem import CatalogueError, Entry, Problem
from .words import words

FILE = Path(__file__).parent / "questions.yaml"


@cache
def load_questions() -> Mapping[str, Words]:
    """Questions by evidence field (`model`) or named test (`retry_unchanged`)."""
    return read_questions(FILE)


def read_questions(path: Path) -> Mapping[str, Words]:
    """Raises CatalogueError with every problem found."""
    questions: dict[str, Words] = {}
    problems: list[Problem] = []
    for entry in read_entries(path, "id", problems):
        questions[entry.id] = _question(entry, known=questions)
        problems += entry.problems
    if problems:
        raise CatalogueError(tuple(problems))
    return MappingProxyType(questions)


def _question(entry: Entry, *, known: Mapping[str, Words]) -> Words:
    entry.check_keys(required=frozenset({"id", "ask"}))
    if entry.id in known:
        entry.wrong("id is used already")
    return words(entry, "ask")
