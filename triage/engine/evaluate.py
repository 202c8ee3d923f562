"""Evaluating the conditions of rules on the signals of one text, each test once."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

import re2

from .compare import holds
from .evidence import Span
from .rule import TEXT_SIGNALS, Condition, Op, Rule, Test
from .signals import Haystack, Signals, SignalValue
from .verdict import Reason

MOST_SPANS = 3  # shown for one test
MOST_SEARCHED = 40  # hits of one pattern looked at to find one in the right view
LONGEST_QUOTE = 160

Search = tuple[str, int]  # a pattern and its number in the filter
Found = tuple[Span, str]  # where a pattern matched, and the words


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What became of one rule: the conditions that held, and those it lacked (none when it fired)."""

    rule: Rule
    fired: bool
    held: tuple[Reason, ...]
    lacked: tuple[str, ...]


class Evaluation:
    def __init__(
        self,
        signals: Signals,
        searches: Mapping[int, tuple[Search, ...]],
        text_hits: frozenset[int],
        inner_hits: frozenset[int],
        expressions: "Sequence[re2._Regexp]",
        filtered: int,
    ) -> None:
        """`filtered` patterns, the first ones, were looked for already: their hits are known."""
        self.signals = signals
        self.text_hits = text_hits
        self.inner_hits = inner_hits
        self._searches = searches
        self._expressions = expressions
        self._filtered = filtered
        self._known: dict[int, bool] = {}
        self._found: dict[tuple[int, int], tuple[Found, ...]] = {}

    def knowing(self, signal: str, value: SignalValue) -> "Evaluation":
        """The same with one more value, of which no test was asked for yet."""
        values = MappingProxyType({**self.signals.values, signal: value})
        more = copy(self)
        more._known = dict(self._known)
        more.signals = replace(self.signals, values=values)
        return more

    def judge(self, rule: Rule) -> RuleResult:
        """A rule with its reasons. Costs more than `holds`: the words of each test are looked up."""
        fired = self.holds(rule.when)
        held = tuple(self._reasons(rule.when))
        return RuleResult(rule, fired, held, () if fired else tuple(self._lacked(rule.when)))

    def holds(self, condition: Condition) -> bool:
        """Tests live as long as their rule set, so what is known of each is kept under its id."""
        if isinstance(condition, Test):
            known = self._known.get(id(condition))
            if known is None:
                known = self._known[id(condition)] = self._test_holds(condition)
            return known
        return (
            all(self.holds(part) for part in condition.all)
            and (not condition.any or any(self.holds(part) for part in condition.any))
            and not any(self.holds(part) for part in condition.none)
        )

    def _test_holds(self, test: Test) -> bool:
        if test.signal not in TEXT_SIGNALS:
            return holds(test, self.signals.values.get(test.signal))
        if test.op in (Op.IS, Op.EXISTS):
            return self._view_holds(test)
        return next(self._finds(test), None) is not None

    def _view_holds(self, test: Test) -> bool:
        """`exists` and `is` of a whole text view."""
        view = self.signals.view(test.signal)
        if test.op is Op.EXISTS:
            return bool(view) == test.operand
        return view.casefold() == str(test.operand).strip().casefold()

    def _reasons(self, condition: Condition) -> Iterator[Reason]:
        if isinstance(condition, Test):
            if self.holds(condition):
                yield self._reason(condition)
            return
        for part in (*condition.all, *condition.any):
            if self.holds(part):
                yield from self._reasons(part)

    def _reason(self, test: Test) -> Reason:
        if test.signal not in TEXT_SIGNALS:
            span = self.signals.spans.get(test.signal)
            value = self.signals.values.get(test.signal)
            return Reason(test.signal, _said(test), _quote(value), (span,) if span else ())
        if test.op in (Op.IS, Op.EXISTS):
            return Reason(test.signal, _said(test), _quote(self.signals.view(test.signal)))
        pattern, index = next(self._finds(test))
        found = list(islice(self._in_view(test.signal, index), MOST_SPANS))
        spans = tuple(span for span, _ in found)
        return Reason(test.signal, _quote(f"{test.op} {pattern}"), _quote(found[0][1]), spans)

    def _lacked(self, condition: Condition) -> Iterator[str]:
        if isinstance(condition, Test):
            yield str(condition)
            return
        for part in condition.all:
            if not self.holds(part):
                yield from self._lacked(part)
        if condition.any and not any(self.holds(part) for part in condition.any):
            yield "any of: " + "; ".join(what for part in condition.any for what in self._lacked(part))
        yield from (f"not {part}" for part in condition.none if self.holds(part))

    def _finds(self, test: Test) -> Iterator[Search]:
        """The patterns of a text test that occur in its view."""
        free = test.signal == "text" and not self.signals.guesses
        for pattern, index in self._searches[id(test)]:
            if not self._in_text(index) and not self._in_innermost(index):
                continue
            if free or next(self._in_view(test.signal, index), None) is not None:
                yield pattern, index

    def _in_view(self, signal: str, index: int) -> Iterator[Found]:
        if signal == "innermost" and self.signals.innermost is not None:
            if self._in_innermost(index):
                yield from self._spans(self.signals.innermost, index)
            return
        seen = False
        for span, words in self._spans(self.signals.text, index) if self._in_text(index) else ():
            if self.signals.counts(span, signal):
                seen = True
                yield span, words
        if seen or signal == "told" or (self.signals.guesses and not self.signals.machine):
            return
        if self._in_innermost(index) and self.signals.innermost is not None:
            yield from self._spans(self.signals.innermost, index)

    def _in_text(self, index: int) -> bool:
        if index < self._filtered:
            return index in self.text_hits
        return bool(self._spans(self.signals.text, index))

    def _in_innermost(self, index: int) -> bool:
        if index < self._filtered:
            return index in self.inner_hits
        return self.signals.innermost is not None and bool(self._spans(self.signals.innermost, index))

    def _spans(self, haystack: Haystack, index: int) -> tuple[Found, ...]:
        key = (id(haystack), index)
        if key not in self._found:
            matches = islice(self._expressions[index].finditer(haystack.utf8), MOST_SEARCHED)
            self._found[key] = tuple(
                (haystack.span(*match.span()), match.group().decode("utf-8", "replace")) for match in matches
            )
        return self._found[key]


def _said(test: Test) -> str:
    return _quote(f"{test.op} {test.operand}")


def _quote(value: object) -> str:
    words = str(value)
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"
