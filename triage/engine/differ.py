"""What another rule set says of a text that was judged before, from what fired then: only rules that are not the same
in both are asked, and those that test what the others suspect where that changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .catalogue import load_catalogue
from .diagnose import conclude
from .evaluate import Evaluation, RuleResult
from .layered import Layered
from .match import SUSPECTED, Matcher, comes_second, compile_rules
from .rule import Condition, Rule, RuleSet, Test
from .signals import Signals
from .verdict import Cause, FiredRule
from .weigh import suspected


@dataclass(frozen=True, slots=True)
class Judgement:
    """`cause` and `fired` of a whole diagnosis."""

    cause: Cause
    confidence: float
    fired: tuple[FiredRule, ...]


class Derivation:
    """From the judgements of `known` to those of `other`. Exactly what judging anew would say."""

    def __init__(self, known: RuleSet, other: RuleSet, causes: Mapping[str, Cause] | None = None) -> None:
        self.known, self.other = known, other
        self._catalogue = load_catalogue().with_causes(causes or {})
        self._rules = {rule.id: rule for rule in other.rules}
        changed = changed_rules(known, other)
        self.ids = frozenset(rule.id for rule in changed)
        old = {id(rule) for rule in known.rules}
        new = [rule for rule in changed if id(rule) not in old]
        second = [rule for rule in other.rules if comes_second(rule)]
        self._known_second = frozenset(rule.id for rule in known.rules if comes_second(rule))
        self._first = [rule for rule in new if not comes_second(rule)]
        self._second = second
        self._new_second = [rule for rule in new if comes_second(rule)]
        asked = (*self._first, *second)
        self._matcher = compile_rules(RuleSet("asked", asked))

    def judge(self, signals: Signals, fired: tuple[RuleResult, ...]) -> Judgement | None:
        """`fired` is all that fired by the rules of `known`. None where nothing can differ: no rule that is not alike
        in both fired, fires, or may fire by what others suspect.
        """
        if not self.ids:
            return None
        evaluation = self._matcher.evaluation(signals)
        fresh = self._fresh(evaluation)
        touched = fresh or any(result.rule.id in self.ids for result in fired)
        if not touched and not any(_may_be(rule.when, evaluation).true for rule in self._new_second):
            return None
        stayed = [result for result in fired if result.rule.id not in self.ids]
        first = [result for result in stayed if result.rule.id not in self._known_second]
        first += [evaluation.judge(rule) for rule in fresh]
        return self.conclude(signals, (*first, *self._heard_second(fired, stayed, first, evaluation)))

    def conclude(self, signals: Signals, results: tuple[RuleResult, ...]) -> Judgement:
        fired, cause, confidence = conclude(signals, results, self._catalogue)
        return Judgement(cause, confidence, fired)

    def _heard_second(
        self,
        fired: Sequence[RuleResult],
        stayed: Sequence[RuleResult],
        first: Sequence[RuleResult],
        evaluation: Evaluation,
    ) -> list[RuleResult]:
        """Of the rules that test what others suspect: as it was, where that has not changed."""
        now = suspected(first)
        if not self._new_second and now == suspected(
            result for result in fired if result.rule.id not in self._known_second
        ):
            return [result for result in stayed if result.rule.id in self._known_second]
        knowing = evaluation.knowing(SUSPECTED, now)
        return [knowing.judge(rule) for rule in self._second if knowing.holds(rule.when)]

    def _fresh(self, evaluation: Evaluation) -> list[Rule]:
        """The rules of `other` that are new or changed and fire, of those that ask nothing of the others."""
        rules = self._matcher.rule_set.rules
        candidates = [rules[number] for number in self._matcher.candidates(evaluation)]
        return [rule for rule in candidates if evaluation.holds(rule.when)]


def judge_whole(matcher: Matcher | Layered, signals: Signals) -> tuple[RuleResult, ...]:
    """All that fires."""
    return tuple(result for result in matcher.evaluate(signals) if result.fired)


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
    old, new = _apart(before, after), _apart(after, before)
    gone = (rule for judging, rule in old.items() if judging not in new)
    return (*gone, *(rule for judging, rule in new.items() if judging not in old))


def _apart(these: RuleSet, those: RuleSet) -> dict[tuple[object, ...], Rule]:
    """Rules that are not the very same objects in both, which most are: writing them out to compare takes long."""
    shared = {id(rule) for rule in those.rules}
    return {_judging(rule): rule for rule in these.rules if id(rule) not in shared}


def _judging(rule: Rule) -> tuple[object, ...]:
    """All that a diagnosis depends on. Spelled out: 1 and true are equal to Python, not to a test."""
    return (rule.id, rule.cause, rule.strength, repr(rule.when), rule.beats, rule.rank)
