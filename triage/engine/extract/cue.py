"""Readers driven by cue words: an expression is tried only where one of its words stands.

A text is split into words once; the words that no reader waits for cost nothing more. Expressions are anchored
at the cue and their repetitions are bounded, so the whole is linear in the length of the text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

from ..evidence import Reading, Span, Value
from .names import BLANK

Convert = Callable[[str], Value | None]

MOST_PLACES = 10  # places of one cue word that are looked at

_TOKEN = re.compile(r"[a-z]+|\d+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
_DIGITS = bytes(code if chr(code) in "0123456789" else 32 for code in range(256))
_ESCAPED_BREAK = (("\\n", "\\ "), ("\\t", "\\ "), ("\\r", "\\ "))


@dataclass(frozen=True, slots=True)
class Page:
    """A text prepared for reading: `low` has the same length, in lower case, with escaped line breaks as blanks.

    `letters` and `digits` have that length too, with blanks for all other characters: words stand free in them.
    """

    text: str
    low: str
    letters: str
    digits: str
    words: frozenset[str]
    characters: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Page":
        low = text.lower()
        if len(low) != len(text):
            low = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
        if "\\" in low:
            for escape, blank in _ESCAPED_BREAK:
                low = low.replace(escape, blank)
        plain = low.encode("ascii", "replace")
        letters = f" {plain.translate(_LETTERS).decode('ascii')} "
        digits = f" {plain.translate(_DIGITS).decode('ascii')} "
        characters = frozenset() if low.isascii() else frozenset(low)
        return cls(text, low, letters, digits, frozenset(letters.split()).union(digits.split()), characters)

    def places(self, word: str) -> list[int]:
        """Where a word of `words` stands as a whole: the first places, and the last one of a long text."""
        track = self.letters if word.isalpha() else self.digits
        framed = f" {word} "
        found: list[int] = []
        at = track.find(framed)
        while at >= 0:
            found.append(at)
            if len(found) == MOST_PLACES:
                if (last := track.rfind(framed, at + 1)) > at:
                    found.append(last)
                break
            at = track.find(framed, at + len(word) + 1)
        return found


def run_before(text: str, at: int, characters: str, limit: int) -> str:
    """The run of the given characters that ends just before `at`."""
    window = text[max(0, at - limit) : at]
    return window[len(window.rstrip(characters)) :]


def without_surrogates(text: str) -> str:
    """The same length, and it can be encoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("?", text)
    return text


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

    `at` lists literals parted by blanks (a blank inside one is written as `BLANK`).
    `later` prefers later matches; `once` stops at the first one.
    `after` may change or drop what was read.
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
    once: bool = False
    after: "Callable[[Page, Reading], Reading | None] | None" = None
    expression: re.Pattern[str] = attribute(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "expression", re.compile(self.regex, re.ASCII | re.DOTALL))

    def reading(self, page: Page, match: re.Match[str], at: int) -> Reading | None:
        start, end = match.span(match.lastindex or 0)
        value = self.convert(page.text[start:end])
        if value is None:
            return None
        if isinstance(value, str) and len(value) < end - start and page.text.startswith(value, start):
            end = start + len(value)
        found = Reading(
            self.field, value, Span(start, end), self.by, self.trust + (at * 1e-8 if self.later else 0)
        )
        return found if self.after is None else self.after(page, found)


class Cues:
    """All cues by the word that wakes them, and by the literal that begins there."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        waiting: dict[str, dict[str, list[Cue]]] = defaultdict(lambda: defaultdict(list))
        others: dict[str, dict[str, list[Cue]]] = defaultdict(lambda: defaultdict(list))
        for cue in cues:
            for literal in cue.at.split():
                token = _TOKEN.match(literal)
                (waiting[token.group()] if token else others[literal[0]])[literal.replace(BLANK, " ")].append(
                    cue
                )
        self._waiting = {word: tuple(rows.items()) for word, rows in waiting.items()}
        self._others = {first: tuple(rows.items()) for first, rows in others.items()}
        self._words = frozenset(waiting)
        self._firsts = frozenset(others)
        self._ascii_firsts = tuple(first for first in others if first.isascii())

    def read(self, page: Page) -> list[Reading]:
        """Readings in the order of the text, those of cues without a word at their beginning last."""
        low = page.low
        found: list[Reading] = []
        settled: set[str] = set()  # readers with one constant value: their first place says it all
        for at, word in self._woken(page):
            for literal, cues in self._waiting[word]:
                if literal == word or low.startswith(literal, at):
                    _read_at(page, at, cues, settled, found)
        for first in sorted(self._firsts_in(page)):
            for literal, cues in self._others[first]:
                if literal in low:
                    for at in occurrences(low, literal, MOST_PLACES):
                        _read_at(page, at, cues, settled, found)
        return found

    def _woken(self, page: Page) -> list[tuple[int, str]]:
        """Places of cue words, in the order of the text."""
        return sorted((at, word) for word in self._words & page.words for at in page.places(word))

    def _firsts_in(self, page: Page) -> Iterable[str]:
        if page.characters:
            return self._firsts & page.characters
        return [first for first in self._ascii_firsts if first in page.low]


def occurrences(low: str, literal: str, limit: int) -> Iterator[int]:
    at = low.find(literal)
    while at >= 0 and limit:
        limit -= 1
        yield at
        at = low.find(literal, at + 1)


def _read_at(page: Page, at: int, cues: list[Cue], settled: set[str], found: list[Reading]) -> None:
    for cue in cues:
        if cue.by in settled:
            continue
        match = cue.expression.match(page.text if cue.cased else page.low, at)
        if match and (reading := cue.reading(page, match, at)):
            found.append(reading)
            if cue.once:
                settled.add(cue.by)
