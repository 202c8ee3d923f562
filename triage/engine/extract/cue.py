"""Readers driven by cue words: an expression is tried only where one of its words stands.

A text is split into words once; the words that no reader waits for cost nothing more. Expressions are anchored
at the cue and their repetitions are bounded, so the whole is linear in the length of the text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..evidence import Reading, Span, Value

Convert = Callable[[str], Value | None]

MOST_PLACES = 10  # places of one cue word that are looked at

_TOKEN = re.compile(r"[a-z]+|\d+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPED_BREAK = (("\\n", "\\ "), ("\\t", "\\ "), ("\\r", "\\ "))


@dataclass(frozen=True, slots=True)
class Page:
    """A text prepared for reading: `low` has the same length, in lower case, with escaped line breaks as blanks."""

    text: str
    low: str
    words: frozenset[str]
    tokens: list[str]
    _index: dict[str, list[int]] | None = None

    @classmethod
    def of(cls, text: str) -> "Page":
        low = text.lower()
        if len(low) != len(text):
            low = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
        if "\\" in low:
            for escape, blank in _ESCAPED_BREAK:
                low = low.replace(escape, blank)
        tokens = _TOKEN.findall(low)
        return cls(text, low, frozenset(tokens), tokens)

    def places(self, word: str) -> list[int]:
        """Where a word of `words` stands as a whole: the first places, and the last ones of a long text."""
        if self._index is None:
            object.__setattr__(self, "_index", _index(self.low, self.tokens))
        found = self._index[word]  # type: ignore[index]
        return found if len(found) <= MOST_PLACES else found[: MOST_PLACES - 2] + found[-2:]


def _index(low: str, tokens: list[str]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    find, at = low.find, 0
    for token in tokens:
        at = find(token, at)
        if token in index:
            index[token].append(at)
        else:
            index[token] = [at]
        at += len(token)
    return index


def run_before(text: str, at: int, characters: str, limit: int) -> str:
    """The run of the given characters that ends just before `at`."""
    window = text[max(0, at - limit) : at]
    return window[len(window.rstrip(characters)) :]


def without_surrogates(text: str) -> str:
    return _SURROGATE.sub("?", text)


def as_text(found: str) -> Value | None:
    return found.strip() or None


def as_status(found: str) -> Value | None:
    return int(found) if found.isdecimal() and 100 <= int(found) <= 599 else None


def as_count(found: str) -> Value | None:
    return int(found) if found.isdecimal() and len(found) < 6 else None


def constant(value: Value) -> Convert:
    return lambda found: value


@dataclass(frozen=True, slots=True)
class Cue:
    """One expression, tried at each place of its cue words; its first filled group is a value of `field`.

    `at` lists literals parted by blanks. `later` prefers later matches.
    `cased` matches the text as written instead of its lower case.
    """

    by: str
    field: str
    at: str
    regex: str
    trust: float
    convert: Convert = as_text
    later: bool = False
    cased: bool = False
    expression: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "expression", re.compile(self.regex, re.ASCII | re.DOTALL))

    def read(self, page: Page, at: int) -> Reading | None:
        match = self.expression.match(page.text if self.cased else page.low, at)
        if match is None:
            return None
        start, end = match.span(match.lastindex or 0)
        value = self.convert(page.text[start:end])
        if value is None:
            return None
        return Reading(self.field, value, Span(start, end), self.by, self.trust + (at * 1e-8 if self.later else 0))


class Cues:
    """All cues by the word that wakes them."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        waiting: dict[str, dict[str, list[Cue]]] = defaultdict(lambda: defaultdict(list))
        others: dict[str, dict[str, list[Cue]]] = defaultdict(lambda: defaultdict(list))
        for cue in cues:
            for literal in cue.at.split():
                token = _TOKEN.match(literal)
                (waiting[token.group()] if token else others[literal[0]])[literal].append(cue)
        self._waiting = {word: tuple(literals.items()) for word, literals in waiting.items()}
        self._others = {first: tuple(literals.items()) for first, literals in others.items()}
        self._words = frozenset(waiting)
        self._firsts = frozenset(others)
        self._ascii_firsts = tuple(first for first in others if first.isascii())

    def read(self, page: Page) -> Iterator[Reading]:
        low = page.low
        for word in self._words & page.words:
            for at in page.places(word):
                for literal, cues in self._waiting[word]:
                    if low.startswith(literal, at):
                        yield from _read_at(page, at, cues)
        for first in self._firsts_in(low):
            for literal, cues in self._others[first]:
                for at in occurrences(low, literal, MOST_PLACES):
                    yield from _read_at(page, at, cues)

    def _firsts_in(self, low: str) -> Iterable[str]:
        if low.isascii():
            return [first for first in self._ascii_firsts if first in low]
        return self._firsts & frozenset(low)


def occurrences(low: str, literal: str, limit: int) -> Iterator[int]:
    at = low.find(literal)
    while at >= 0 and limit:
        limit -= 1
        yield at
        at = low.find(literal, at + 1)


def _read_at(page: Page, at: int, cues: list[Cue]) -> Iterator[Reading]:
    for cue in cues:
        if reading := cue.read(page, at):
            yield reading
