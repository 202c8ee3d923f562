"""Evaluating the conditions of rules on the signals of one text, each test once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import re2

from .compare import holds
from .evidence import Span
from .rule import TEXT_SIGNALS, Condition, Op, Rule, Test, When
from .signals import Haystack, Signals
from .verdict import Reason

MOST_SPANS = 3  # shown for one test
MOST_SEARCHED = 40  # hits of one pattern looked at to find one in the right view
LONGEST_QUOTE = 160

Search = tuple[str, int]  # a pattern and its number in the set


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What became of one rule: the conditions that held, and those it lacked (none when it fired)."""

    rule: Rule
    fired: bool
    held: tuple[Reason, ...]
    lacked: tuple[str, ...]


@dataclass(slots=True)
class Verified:
    """A group of conditions, checked."""

    holds: bool
    held: list[Reason]
    lacked: list[str]


class Evaluation:
    def __init__(
        self,
        signals: Signals,
        searches: Mapping[int, tuple[Search, ...]],
        text_hits: frozenset[int],
        inner_hits: frozenset[int],
        expressions: "Sequence[re2._Regexp]",
    ) -> None:
        self.signals = signals
        self.text_hits = text_hits
        self.inner_hits = inner_hits
        self._searches = searches
        self._expressions = expressions
        self._known: dict[int, Reason | None] = {}
        self._found: dict[tuple[int, int], tuple[tuple[Span, str], ...]] = {}

    def judge(self, rule: Rule) -> RuleResult:
        checked = self._check(rule.when)
        return RuleResult(rule, checked.holds, tuple(checked.held), tuple(checked.lacked))

    def reason(self, test: Test) -> Reason | None:
        """Why a test holds, or None where it does not. Tests live as long as their rule set."""
        key = id(test)
        if key not in self._known:
            self._known[key] = self._evaluate(test)
        return self._known[key]

    def _check(self, condition: Condition) -> Verified:
        if isinstance(condition, Test):
            reason = self.reason(condition)
            return Verified(
                reason is not None, [reason] if reason else [], [] if reason else [str(condition)]
            )
        return self._check_group(condition)

    def _check_group(self, when: When) -> Verified:
        every = [self._check(part) for part in when.all]
        some = [self._check(part) for part in when.any]
        held = [reason for part in (*every, *some) if part.holds for reason in part.held]
        lacked = [what for part in every if not part.holds for what in part.lacked]
        if some and not any(part.holds for part in some):
            lacked.append("any of: " + "; ".join(what for part in some for what in part.lacked))
        lacked += [f"not {part}" for part in when.none if self._check(part).holds]
        return Verified(not lacked, held, lacked)

    def _evaluate(self, test: Test) -> Reason | None:
        if test.signal in TEXT_SIGNALS:
            return self._search(test) if test.op not in (Op.IS, Op.EXISTS) else self._view(test)
        value = self.signals.values.get(test.signal)
        if not holds(test, value):
            return None
        span = self.signals.spans.get(test.signal)
        return Reason(test.signal, _said(test), _quote(value), (span,) if span else ())

    def _view(self, test: Test) -> Reason | None:
        """`exists` and `is` of a whole text view."""
        view = self.signals.view(test.signal)
        asked = view.casefold() if test.op is Op.IS else bool(view)
        wanted = str(test.operand).strip().casefold() if test.op is Op.IS else test.operand
        return Reason(test.signal, _said(test), _quote(view)) if asked == wanted else None

    def _search(self, test: Test) -> Reason | None:
        for pattern, index in self._searches[id(test)]:
            if index not in self.text_hits and index not in self.inner_hits:
                continue
            found = list(islice(self._in_view(test.signal, index), MOST_SPANS))
            if found:
                return Reason(
                    test.signal,
                    _quote(f"{test.op} {pattern}"),
                    _quote(found[0][1]),
                    tuple(span for span, _ in found),
                )
        return None

    def _in_view(self, signal: str, index: int) -> Iterator[tuple[Span, str]]:
        if signal == "innermost" and self.signals.innermost is not None:
            if index in self.inner_hits:
                yield from self._spans(self.signals.innermost, index)
            return
        seen = False
        for span, words in self._spans(self.signals.text, index) if index in self.text_hits else ():
            if signal == "text" or self.signals.is_machine(span) == (signal != "told"):
                seen = True
                yield span, words
        if not seen and signal != "told" and index in self.inner_hits and self.signals.innermost is not None:
            yield from self._spans(self.signals.innermost, index)

    def _spans(self, haystack: Haystack, index: int) -> tuple[tuple[Span, str], ...]:
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
