"""The two sets that a back-test compares, with the rules of every version that stored verdicts name."""

import json

from tickets.models import Backtest, RuleSet, Verdict
from triage.engine.catalogue.problem import CatalogueError
from triage.engine.rule import RuleSet as Rules
from triage.engine.sides import Judged, Sides

from .catalogue import catalogue
from .rule.set import rules_of


def sides_of(backtest: Backtest) -> Sides:
    """Raises CatalogueError where one of the sets cannot be read."""
    before = rules_of(backtest.against) if backtest.against else catalogue().rule_set
    return Sides(before, rules_of(backtest.rule_set), lambda version: _find(version, before))


def judged_by(verdict: Verdict) -> Judged:
    return Judged(verdict.text, json.dumps(verdict.signals), verdict.rule_set, verdict.cause)


def _find(version: str, before: Rules) -> Rules | None:
    for rules in (before, catalogue().rule_set):
        if rules.version == version:
            return rules
    rule_set = RuleSet.objects.select_related("base").filter(version=version).first()
    try:
        return rules_of(rule_set) if rule_set else None
    except CatalogueError:
        return None
