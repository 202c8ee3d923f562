"""Readers driven by cue words: an expression is tried only where one of its words stands.

A text is split into words once; the words that no reader waits for cost nothing more. Expressions are anchored
at the cue and their repetitions are bounded, so the whole is linear in the length of the text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import NamedTuple

from ..evidence import Reading, Span, Value
from .names import BLANK

Convert = Callable[[str], Value | None]

MOST_PLACES = 10  # places of one cue word that are looked at

_TOKEN = re.compile(r"[a-z]+|[0-9]+")
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


class _Row(NamedTuple):
    """A literal, the cues that it wakes, and its place in the order of the vocabulary."""

    order: int
    literal: str
    cues: list[Cue]


class Cues:
    """All cues by the word that wakes them, and by the literal that begins there."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        rows: dict[tuple[str, str], _Row] = {}
        for cue in cues:
            for literal in cue.at.split():
                token = _TOKEN.match(literal)
                key = (token.group() if token else "", literal.replace(BLANK, " "))
                rows.setdefault(key, _Row(len(rows), key[1], [])).cues.append(cue)
        waiting: dict[str, tuple[list[_Row], dict[str, list[_Row]]]] = defaultdict(
            lambda: ([], defaultdict(list))
        )
        self._others: dict[str, list[_Row]] = defaultdict(list)
        for (word, literal), row in rows.items():
            if not word:
                self._others[literal[0]].append(row)
            elif literal == word:
                waiting[word][0].append(row)
            else:  # by the two characters that follow the word in the literal
                waiting[word][1][literal[len(word) : len(word) + 2]].append(row)
        self._waiting = dict(waiting)
        self._digits = frozenset(word for word in waiting if word.isdigit())
        self._firsts = frozenset(self._others)
        self._ascii_firsts = tuple(first for first in self._others if first.isascii())

    def read(self, page: Page) -> list[Reading]:
        """Readings in the order of the text, those of cues without a word at their beginning last."""
        low = page.low
        found: list[Reading] = []
        settled: set[str] = set()  # readers with one constant value: their first place says it all
        for at, word in self._woken(page):
            for row in self._rows(low, at, word):
                _read_at(page, at, row.cues, settled, found)
        for first in sorted(self._firsts_in(page)):
            for row in self._others[first]:
                if _may_stand(row.literal, page.characters) and row.literal in low:
                    for at in occurrences(low, row.literal, MOST_PLACES):
                        _read_at(page, at, row.cues, settled, found)
        return found

    def _rows(self, low: str, at: int, word: str) -> list[_Row]:
        """The literals that stand here, in the order of the vocabulary."""
        alone, followed = self._waiting[word]
        if not followed:
            return alone
        end = at + len(word)
        pair = low[end : end + 2]
        behind = [*followed.get(pair, ()), *(followed.get(pair[0], ()) if len(pair) == 2 else ())]
        rows = [row for row in behind if low.startswith(row.literal, at)]
        return sorted([*alone, *rows]) if rows else alone

    def _woken(self, page: Page) -> list[tuple[int, str]]:
        """Places of cue words, in the order of the text."""
        found = self._on(page.letters)
        if not self._digits.isdisjoint(page.words):
            found += self._on(page.digits)
            found.sort()
        return found

    def _on(self, track: str) -> list[tuple[int, str]]:
        """The words of a track are split off at once; then each place is found from the one before."""
        woken = [word for word in track.split() if word in self._waiting]
        found: list[tuple[int, str]] = []
        counts: dict[str, int] = {}
        at = 0
        for word in woken:
            counts[word] = count = counts.get(word, 0) + 1
            if count <= MOST_PLACES:
                at = track.find(f" {word} ", at)
                found.append((at, word))
                at += len(word)
        if len(found) < len(woken):  # the last place of a word that is too frequent
            found += [
                (track.rfind(f" {word} "), word) for word, count in counts.items() if count > MOST_PLACES
            ]
            found.sort()
        return found

    def _firsts_in(self, page: Page) -> Iterable[str]:
        if page.characters:
            return self._firsts & page.characters
        return [first for first in self._ascii_firsts if first in page.low]


def _may_stand(literal: str, characters: frozenset[str]) -> bool:
    return not characters or literal[-1] in characters


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
