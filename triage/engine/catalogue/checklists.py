"""The runbook: what is done on a ticket, by verdict and by layer, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ..verdict import Place, Verdict, Words
from .entries import read_entries
from .problem import CatalogueError, Entry, Problem
from .words import words

FILE = Path(__file__).parent / "checklists.yaml"
PLACES = (*map(str, Verdict), *map(str, Place))


@dataclass(frozen=True, slots=True)
class Step:
    """`where` is a verdict or a layer."""

    id: str
    where: str
    do: Words


@cache
def load_checklists() -> Mapping[str, Step]:
    """All steps by id, in their order."""
    return read_checklists(FILE)


def checklist_for(verdict: str, layer: str) -> tuple[Step, ...]:
    """The steps of a verdict, then those of a layer."""
    steps = load_checklists().values()
    return tuple(step for where in (verdict, layer) for step in steps if step.where == where)


def read_checklists(path: Path) -> Mapping[str, Step]:
    """Raises CatalogueError with every problem found."""
    steps: dict[str, Step] = {}
    problems: list[Problem] = []
    for entry in read_entries(path, "id", problems):
        steps[entry.id] = _step(entry, known=steps)
        problems += entry.problems
    if problems:
        raise CatalogueError(tuple(problems))
    return MappingProxyType(steps)


def _step(entry: Entry, *, known: Mapping[str, Step]) -> Step:
    entry.check_keys(required=frozenset({"id", "where", "do"}))
    if entry.id in known:
        entry.wrong("id is used already")
    if len(entry.id) > 60:
        entry.wrong("id is longer than 60 characters")
    where = entry.text("where")
    if where not in PLACES:
        entry.wrong(f"where must be one of {', '.join(PLACES)}")
    return Step(entry.id, where, words(entry, "do"))
