"""A rule set that changes another one a little: only what differs is compiled, the answers are the same.

Compiling all rules takes a quarter of a second; an operator's draft differs in a few, and is tried at every key.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .evaluate import Evaluation, RuleResult
from .match import MOST_NEARLY, SUSPECTED, Matcher, comes_second, compile_rules
from .rule import Rule, RuleSet
from .signals import Signals
from .weigh import suspected


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rule with the evaluation that knows its tests."""

    rule: Rule
    by: Evaluation

    @property
    def holds(self) -> bool:
        return self.by.holds(self.rule.when)

    def judge(self) -> RuleResult:
        return self.by.judge(self.rule)


class Layered:
    """Rules of `rule_set` whose conditions are those of the base are asked there, all others here."""

    def __init__(self, base: Matcher, rule_set: RuleSet) -> None:
        self.base = base
        self.rule_set = rule_set
        shared = {id(rule.when): number for number, rule in enumerate(base.rule_set.rules)}
        own = tuple(rule for rule in rule_set.rules if id(rule.when) not in shared)
        self.own = compile_rules(RuleSet(rule_set.version, own))
        numbers = {id(rule): number for number, rule in enumerate(rule_set.rules)}
        self._of_own = {number: numbers[id(rule)] for number, rule in enumerate(own)}
        self._of_base = {
            shared[id(rule.when)]: numbers[id(rule)] for rule in rule_set.rules if id(rule.when) in shared
        }
        self._is_own = frozenset(self._of_own.values())
        self._second = tuple(number for number, rule in enumerate(rule_set.rules) if comes_second(rule))

    @property
    def patterns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.base.patterns, *self.own.patterns)))

    def evaluate(self, signals: Signals, below: Evaluation | None = None) -> tuple[RuleResult, ...]:
        """As `Matcher.evaluate`. `below` is what the base made of the same signals, where it is at hand."""
        below = below or self.base.evaluation(signals)
        above = self.own.evaluation(signals)
        numbers = {self._of_own[number] for number in self.own.candidates(above)}
        numbers |= {
            self._of_base[number] for number in self.base.candidates(below) if number in self._of_base
        }
        asked = [self._asked(number, below, above) for number in sorted(numbers)]
        fired = [each.judge() for each in asked if each.holds]
        fired += [each.judge() for each in self._in_second(fired, below, above) if each.holds]
        nearly = [each for each in asked if not each.holds]
        return (*fired, *(each.judge() for each in nearly[:MOST_NEARLY]))

    def trace(self, signals: Signals) -> tuple[RuleResult, ...]:
        below, above = self.base.evaluation(signals), self.own.evaluation(signals)
        first = [number for number in range(len(self.rule_set.rules)) if number not in self._second]
        judged = {number: self._asked(number, below, above).judge() for number in first}
        second = self._in_second(judged.values(), below, above)
        judged |= {number: each.judge() for number, each in zip(self._second, second, strict=True)}
        return tuple(judged[number] for number in range(len(self.rule_set.rules)))

    def _in_second(self, results: Iterable[RuleResult], below: Evaluation, above: Evaluation) -> list[_Asked]:
        """The rules that test what the others suspect, with evaluations that know it."""
        causes = suspected(result for result in results if result.fired)
        below, above = below.knowing(SUSPECTED, causes), above.knowing(SUSPECTED, causes)
        return [self._asked(number, below, above) for number in self._second]

    def _asked(self, number: int, below: Evaluation, above: Evaluation) -> _Asked:
        return _Asked(self.rule_set.rules[number], above if number in self._is_own else below)


def is_mostly(rule_set: RuleSet, base: RuleSet) -> bool:
    """Whether most rules of a set are those of another one, by their very conditions."""
    shared = {id(rule.when) for rule in base.rules}
    return sum(id(rule.when) in shared for rule in rule_set.rules) * 2 > len(base.rules)
