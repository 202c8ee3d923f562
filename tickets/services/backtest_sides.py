"""The two sets that a back-test compares, seen from whichever set judged a ticket then."""

from dataclasses import dataclass

from tickets.models import RuleSet, Verdict
from triage.engine import matcher_for
from triage.engine.catalogue.problem import CatalogueError
from triage.engine.differ import Derivation, changed_rules, judge_whole
from triage.engine.keep import restore_fired
from triage.engine.rule import Rule
from triage.engine.rule import RuleSet as Rules
from triage.engine.signals import Signals

from .catalogue import catalogue
from .rule_set import rules_of


@dataclass(frozen=True, slots=True)
class Both:
    """What both sets say of one ticket; which rules fire is only told where they may differ."""

    cause_before: str
    cause_after: str
    may_differ: bool = False
    fired_before: tuple[str, ...] = ()
    fired_after: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()  # after, and silenced by none


class Sides:
    def __init__(self, before: Rules, after: Rules) -> None:
        self.before, self.after = before, after
        self.changed = frozenset(rule.id for rule in changed_rules(before, after))
        self._known: dict[str, Rules | None] = {}
        self._named: dict[str, dict[str, Rule]] = {}
        self._derivations: dict[str, tuple[Derivation, Derivation]] = {}

    def rules_of(self, version: str) -> Rules | None:
        """The rules that a verdict names; None where they cannot be read any more."""
        if version not in self._known:
            rules = self._known[version] = _rules_of(version, self.before)
            self._named[version] = {rule.id: rule for rule in rules.rules} if rules else {}
        return self._known[version]

    def judge(self, verdict: Verdict, signals: Signals) -> Both:
        rules = self.rules_of(verdict.rule_set)
        if rules is None:
            fired, rules, cause = judge_whole(matcher_for(self.before), signals), self.before, ""
        else:
            fired, cause = restore_fired(verdict.signals, self._named[verdict.rule_set]), verdict.cause
        to_before, to_after = self._from(rules)
        before, after = to_before.judge(signals, fired), to_after.judge(signals, fired)
        cause = cause or to_before.conclude(signals, fired).cause.slug
        if before is None and after is None:
            return Both(cause, cause)
        after = after or to_after.conclude(signals, fired)
        return Both(
            before.cause.slug if before else cause,
            after.cause.slug,
            True,
            tuple(rule.id for rule in before.fired) if before else tuple(each.rule.id for each in fired),
            tuple(rule.id for rule in after.fired),
            tuple(rule.id for rule in after.fired if not rule.silenced_by),
        )

    def _from(self, rules: Rules) -> tuple[Derivation, Derivation]:
        if rules.version not in self._derivations:
            self._derivations[rules.version] = (
                Derivation(rules, self.before),
                Derivation(rules, self.after),
            )
        return self._derivations[rules.version]


def _rules_of(version: str, before: Rules) -> Rules | None:
    for rules in (before, catalogue().rule_set):
        if rules.version == version:
            return rules
    rule_set = RuleSet.objects.select_related("base").filter(version=version).first()
    try:
        return rules_of(rule_set) if rule_set else None
    except CatalogueError:
        return None
