"""Two rule sets on the same signals: where they judge differently, without judging whole what cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .catalogue import load_catalogue
from .diagnose import decide
from .evaluate import Evaluation
from .evidence import Evidence
from .layered import Layered
from .match import SUSPECTED, Matcher, comes_second, compile_rules
from .rule import Condition, Rule, RuleSet, Test
from .signals import Signals
from .verdict import Cause, Diagnosis


@dataclass(frozen=True, slots=True)
class Judgement:
    before: Diagnosis
    after: Diagnosis


class Difference:
    """`before` and `after`, compiled. A diagnosis can only change where a rule fires that is not the same in both:
    the others are asked the same questions and weighed alike.
    """

    def __init__(
        self,
        before: Matcher | Layered,
        after: Matcher | Layered,
        causes: Mapping[str, Cause] | None = None,
    ) -> None:
        self.before, self.after = before, after
        self.changed = changed_rules(before.rule_set, after.rule_set)
        self.ids = frozenset(rule.id for rule in self.changed)
        self._catalogue = load_catalogue().with_causes(causes or {})
        self._matcher = compile_rules(RuleSet("changed", self.changed))
        self._second = tuple(rule for rule in self.changed if comes_second(rule))

    def may_differ(self, signals: Signals) -> bool:
        """Whether a changed rule fires, or may fire where it tests what others suspect."""
        evaluation = self._matcher.evaluation(signals)
        rules = self._matcher.rule_set.rules
        return any(
            evaluation.holds(rules[number].when) for number in self._matcher.candidates(evaluation)
        ) or any(_may_be(rule.when, evaluation).true for rule in self._second)

    def judge(self, signals: Signals) -> Judgement:
        """Both whole diagnoses, but for the evidence, which rules do not change."""
        return Judgement(self._whole(self.before, signals), self._whole(self.after, signals))

    def judge_before(self, signals: Signals) -> Diagnosis:
        return self._whole(self.before, signals)

    def _whole(self, matcher: Matcher | Layered, signals: Signals) -> Diagnosis:
        results = matcher.evaluate(signals)
        return decide(signals, Evidence(), results, self._catalogue, matcher.rule_set.version)


class _May(NamedTuple):
    true: bool
    false: bool


def _may_be(condition: Condition, evaluation: Evaluation) -> _May:
    """What a condition may come to when nothing is known of what others suspect."""
    if isinstance(condition, Test):
        if condition.signal == SUSPECTED:
            return _May(true=True, false=True)
        holds = evaluation.holds(condition)
        return _May(holds, not holds)
    every, some, none = (
        [_may_be(part, evaluation) for part in group]
        for group in (condition.all, condition.any, condition.none)
    )
    return _May(
        all(part.true for part in every)
        and (not some or any(part.true for part in some))
        and all(part.false for part in none),
        any(part.false for part in every)
        or (bool(some) and all(part.false for part in some))
        or any(part.true for part in none),
    )


def changed_rules(before: RuleSet, after: RuleSet) -> tuple[Rule, ...]:
    """Rules of either set that the other does not have, or has otherwise; cases and sources judge nothing."""
    known, new = {_judging(rule) for rule in before.rules}, {_judging(rule) for rule in after.rules}
    changed = [rule for rule in before.rules if _judging(rule) not in new]
    return (*changed, *(rule for rule in after.rules if _judging(rule) not in known))


def _judging(rule: Rule) -> tuple[object, ...]:
    """All that a diagnosis depends on. Spelled out: 1 and true are equal to Python, not to a test."""
    return (rule.id, rule.cause, rule.strength, repr(rule.when), rule.beats, rule.rank)
