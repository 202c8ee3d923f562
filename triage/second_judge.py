"""A process that judges stored texts beside the worker that started it: the engine alone, no Django, no database.

It reads one pickle after another from standard input, a Begin and then Asks, and writes one after another to standard
output: READY, and for each Ask an Answer. It ends when its input does, and so when the worker ends in whatever way.
"""

import gc
import pickle
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Any

from triage.engine.catalogue import Catalogue, bring_catalogue
from triage.engine.rule import RuleSet
from triage.engine.sides import Both, Judged, Sides
from triage.engine.signals import SignalValue

READY = "ready"
# Not as the main module: what it writes is read by the names of this one.
COMMAND = [sys.executable, "-c", "from triage.second_judge import main; main()"]


@dataclass(frozen=True, slots=True)
class Begin:
    """In one pickle, so that rules which both sets share are the same objects there too."""

    catalogue: Catalogue
    before: RuleSet
    after: RuleSet
    same_for_all: Mapping[str, SignalValue]


@dataclass(frozen=True, slots=True)
class Ask:
    """`rules` are those of versions that the texts name and that were not sent yet, but for those of Begin."""

    number: int
    texts: Sequence[Judged]
    rules: Mapping[str, RuleSet | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """To the Ask of this number, in the order of its texts; `seconds` of processor time."""

    number: int
    found: Sequence[Both | None]
    seconds: float


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Read-only mappings, which rules hold, are not known to pickle."""
        return (read_only, (dict(value),)) if type(value) is MappingProxyType else NotImplemented


def read_only(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(mapping)


def write(to: IO[bytes], what: Any) -> None:
    _Pickler(to, pickle.HIGHEST_PROTOCOL).dump(what)
    to.flush()


def read(source: IO[bytes]) -> Any:
    """From the other end of a pipe of ours, never from outside. Raises EOFError where it ended."""
    return pickle.load(source)  # noqa: S301


def main() -> None:
    source, to = sys.stdin.buffer, sys.stdout.buffer
    try:
        _answer_all(read(source), source, to)
    except (EOFError, BrokenPipeError):
        return  # nobody asks any more


def _answer_all(begin: Begin, source: IO[bytes], to: IO[bytes]) -> None:
    bring_catalogue(begin.catalogue)
    known: dict[str, RuleSet | None] = {rules.version: rules for rules in (begin.after, begin.before)}
    sides = Sides(begin.before, begin.after, known.get)
    gc.freeze()  # what was read so far stays: never to be looked through again
    write(to, READY)
    while True:
        ask: Ask = read(source)
        known.update(ask.rules)
        worked = time.process_time()
        found = [sides.judge_kept(judged, begin.same_for_all) for judged in ask.texts]
        write(to, Answer(ask.number, found, time.process_time() - worked))
