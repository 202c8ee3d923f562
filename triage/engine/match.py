"""Compiling a rule set once, and evaluating it on signals: which rules fired, which nearly did, and why.

The text patterns that rules wait for share one RE2 filter: a pass of plain literals finds which patterns can
match, and only those are run; other patterns are searched where a rule that is looked at asks for them. (One RE2
set of all patterns was thirty times slower on fresh texts: gaps such as `.{0,40}` multiply its states.) A rule is
looked at only when the most telling of its conditions holds, so cost does not follow the number of rules. Rules
that test what the others suspect come after those.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import re2

from .evaluate import Evaluation, RuleResult, Search
from .pattern import pattern_options
from .rule import TEXT_SIGNALS, Condition, Op, Rule, RuleSet, Test
from .signals import Haystack, Signals, SignalValue
from .weigh import suspected

MOST_NEARLY = 12  # rules that did not fire but are explained all the same
SUSPECTED = "fact.suspected"
SEARCHED_OPS = (Op.CONTAINS, Op.MATCHES, Op.STARTS_WITH)

# How telling a signal is, best first: what a rule waits for before it is looked at.
_TELLING = ("error_code", "exception", "error_type", "task_state")


# What ties a pattern to the beginning or the end of a stretch.
_TIED = re.compile(r"\\A|\\z|(?<![\[\\])[\^]|(?<!\\)\$")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Tests of which at least one must hold for a rule to fire; the smaller `rank`, the more telling."""

    rank: int
    tests: tuple[Test, ...]


class Matcher:
    """One compiled rule set. Safe to share between threads: nothing changes after it is made."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        self._patterns: dict[str, int] = {}  # those waited for come first: only they are in the filter
        self._searches: dict[
            int, tuple[Search, ...]
        ] = {}  # by id of the test, which lives as long as its rule
        self._waiting_for_pattern: dict[int, list[int]] = {}
        self._waiting_for_value: dict[str, dict[str, list[int]]] = {}  # by signal
        self._waiting_for_signal: dict[str, list[tuple[Test, int]]] = {}
        self._always: list[int] = []
        self._second: list[Rule] = []
        for number, rule in enumerate(rule_set.rules):
            if comes_second(rule):
                self._second.append(rule)
            else:
                self._wait(number, rule)
        self._filter = _compiled(self._patterns)
        self.filtered = len(self._patterns)
        for rule in rule_set.rules:
            for test in _tests(rule.when):
                self._add_patterns(test)
        self._expressions = [self._filter.re(index) for index in range(self.filtered)]
        self._expressions += [
            re2.compile(pattern, pattern_options()) for pattern in self.patterns[self.filtered :]
        ]
        self._tied = [
            index
            for pattern, index in self._patterns.items()
            if index < self.filtered and _TIED.search(pattern)
        ]

    @property
    def patterns(self) -> tuple[str, ...]:
        return tuple(self._patterns)

    def evaluate(self, signals: Signals) -> tuple[RuleResult, ...]:
        """The rules that fired and, after them, some of which the most telling condition held."""
        first = self.evaluation(signals)
        candidates = [self.rule_set.rules[number] for number in self.candidates(first)]
        fired = [first.judge(rule) for rule in candidates if first.holds(rule.when)]
        second = first.knowing(SUSPECTED, suspected(fired))
        fired += [second.judge(rule) for rule in self._second if second.holds(rule.when)]
        nearly = [rule for rule in candidates if not first.holds(rule.when)]
        return (*fired, *(first.judge(rule) for rule in nearly[:MOST_NEARLY]))

    def trace(self, signals: Signals) -> tuple[RuleResult, ...]:
        """Every rule of the set with what held and what it lacked."""
        first = self.evaluation(signals)
        judged = {rule.id: first.judge(rule) for rule in self.rule_set.rules if rule not in self._second}
        second = first.knowing(SUSPECTED, suspected(result for result in judged.values() if result.fired))
        judged |= {rule.id: second.judge(rule) for rule in self._second}
        return tuple(judged[rule.id] for rule in self.rule_set.rules)

    def hits(self, haystack: Haystack) -> frozenset[int]:
        """The numbers of the patterns waited for that occur in a text."""
        return frozenset(self._filter.Match(haystack.utf8) or ()) if self.filtered else frozenset()

    def expression(self, index: int) -> "re2._Regexp":
        return self._expressions[index]

    def evaluation(self, signals: Signals) -> Evaluation:
        text = self.hits(signals.text)
        inner = self._inner_hits(signals, text)
        return Evaluation(signals, self._searches, text, inner, self._expressions, self.filtered)

    def _inner_hits(self, signals: Signals, text: frozenset[int]) -> frozenset[int]:
        """Patterns that may occur in the innermost error; where it stands verbatim in the text, at most those
        of the text and those tied to its ends. A second pass over all patterns would cost as much as the first.
        """
        inner = signals.innermost
        if inner is None:
            return text
        if inner.utf8 not in signals.text.utf8:
            return self.hits(inner)
        return text.union(index for index in self._tied if self._expressions[index].search(inner.utf8))

    def candidates(self, evaluation: Evaluation) -> list[int]:
        """The numbers of the rules whose most telling condition holds, but for those that test what others suspect."""
        found = set(self._always)
        for index in evaluation.text_hits | evaluation.inner_hits:
            found.update(self._waiting_for_pattern.get(index, ()))
        for signal, value in evaluation.signals.values.items():
            if waiting := self._waiting_for_value.get(signal):
                for single in _keys(value):
                    found.update(waiting.get(single, ()))
            for test, number in self._waiting_for_signal.get(signal, ()):
                if evaluation.holds(test):
                    found.add(number)
        return sorted(found)

    def _add_patterns(self, test: Test) -> None:
        if test.signal in TEXT_SIGNALS and test.op in SEARCHED_OPS:
            numbers = self._patterns
            self._searches[id(test)] = tuple(
                (pattern, numbers.setdefault(pattern, len(numbers))) for pattern in patterns_of(test)
            )

    def _wait(self, number: int, rule: Rule) -> None:
        trigger = _trigger(rule.when)
        for test in trigger.tests if trigger else ():
            self._wait_for(test, number)
        if trigger is None:
            self._always.append(number)

    def _wait_for(self, test: Test, number: int) -> None:
        if test.signal in TEXT_SIGNALS and test.op in SEARCHED_OPS:
            self._add_patterns(test)
            for _, index in self._searches[id(test)]:
                self._waiting_for_pattern.setdefault(index, []).append(number)
        elif test.signal in TEXT_SIGNALS:
            self._always.append(number)
        elif test.op in (Op.IS, Op.IN):
            operands = test.operand if isinstance(test.operand, tuple) else (test.operand,)
            waiting = self._waiting_for_value.setdefault(test.signal, {})
            for operand in operands:
                waiting.setdefault(_key(operand), []).append(number)
        else:
            self._waiting_for_signal.setdefault(test.signal, []).append((test, number))


def compile_rules(rule_set: RuleSet) -> Matcher:
    return Matcher(rule_set)


def comes_second(rule: Rule) -> bool:
    """Whether it tests what the others suspect, and so is heard after them."""
    return any(test.signal == SUSPECTED for test in _tests(rule.when))


def patterns_of(test: Test) -> Iterator[str]:
    """The RE2 patterns that a text test looks for; literals are escaped."""
    for operand in test.operand if isinstance(test.operand, tuple) else (test.operand,):
        if test.op is Op.MATCHES:
            yield str(operand)
        elif test.op is Op.STARTS_WITH:
            yield r"\A\s*" + re2.escape(str(operand))
        else:
            yield re2.escape(str(operand))


def _compiled(patterns: Iterable[str]) -> "re2.Filter":
    compiled, options = re2.Filter(), pattern_options()
    count = [compiled.Add(pattern, options) for pattern in patterns]
    if count:
        compiled.Compile()
    return compiled


def _tests(condition: Condition) -> Iterator[Test]:
    if isinstance(condition, Test):
        yield condition
        return
    for part in (*condition.all, *condition.any, *condition.none):
        yield from _tests(part)


def _trigger(condition: Condition) -> Trigger | None:
    """The most telling tests of a condition; None where only absence is tested."""
    if isinstance(condition, Test):
        return None if _holds_on_absence(condition) else Trigger(_rank(condition), (condition,))
    options = [trigger for part in condition.all if (trigger := _trigger(part)) is not None]
    choices = [_trigger(part) for part in condition.any]
    parts = [trigger for trigger in choices if trigger is not None]
    if parts and len(parts) == len(choices):
        tests = tuple(test for trigger in parts for test in trigger.tests)
        options.append(Trigger(max(trigger.rank for trigger in parts), tests))
    return min(options, key=lambda trigger: trigger.rank) if options else None


def _rank(test: Test) -> int:
    if test.signal in TEXT_SIGNALS:
        return 0
    return 1 + _TELLING.index(test.signal) if test.signal in _TELLING else 1 + len(_TELLING)


def _holds_on_absence(test: Test) -> bool:
    return test.op is Op.EXISTS and test.operand is False


def _keys(value: SignalValue) -> Iterator[str]:
    for single in value if isinstance(value, tuple) else (value,):
        yield _key(single)


def _key(value: object) -> str:
    """One spelling for values that count as equal: 429 and 429.0, true and True, Text and text."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().casefold()
