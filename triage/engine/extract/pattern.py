"""Readers that are one regular expression each, run behind one pass of a linear-time set."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import re2

from ..evidence import Reading, Span, Value

Convert = Callable[[str], Value | None]


def as_text(found: str) -> Value | None:
    return found.strip() or None


def as_status(found: str) -> Value | None:
    return int(found) if found.isdecimal() and 100 <= int(found) <= 599 else None


def as_count(found: str) -> Value | None:
    return int(found) if found.isdecimal() and len(found) < 6 else None


def constant(value: Value) -> Convert:
    return lambda found: value


@dataclass(frozen=True, slots=True)
class Pattern:
    """One expression whose first filled group is a value of `field`.

    `later` prefers later matches of the same expression over earlier ones.
    """

    by: str
    field: str
    regex: str
    trust: float
    convert: Convert = as_text
    later: bool = False
    limit: int = 12


class Reader:
    """Many patterns, compiled once. Only the expressions that the set saw are run again for their spans."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        options = re2.Options()
        options.max_mem = 64 << 20
        options.log_errors = False
        options.never_nl = False
        self._patterns = [(pattern, re2.compile("(?i)" + pattern.regex, options)) for pattern in patterns]
        self._set = re2.Set.SearchSet(options)
        for pattern in patterns:
            self._set.Add("(?i)" + pattern.regex)
        self._set.Compile()

    def read(self, text: str) -> Iterator[Reading]:
        for index in sorted(self._set.Match(text) or ()):
            pattern, expression = self._patterns[index]
            yield from _readings(pattern, expression, text)


def _readings(pattern: Pattern, expression: "re2._Regexp", text: str) -> Iterator[Reading]:
    for order, match in enumerate(islice(expression.finditer(text), pattern.limit)):
        group = match.lastindex or 0
        value = pattern.convert(match.group(group))
        if value is None:
            continue
        trust = pattern.trust + (order * 0.0001 if pattern.later else 0.0)
        yield Reading(pattern.field, value, Span(*match.span(group)), pattern.by, trust)
