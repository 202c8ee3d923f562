"""One pasted text judged by two rule sets: what a draft does that the active rules do not."""

from dataclasses import dataclass, replace

from django.conf import settings

from triage.engine import judge_case, read_case
from triage.engine.evaluate import RuleResult
from triage.engine.match import compile_rules
from triage.engine.rule import Rule
from triage.engine.rule import RuleSet as Rules
from triage.engine.signals import Signals
from triage.engine.verdict import Diagnosis, FiredRule

from ..gateway_model import offered_context
from ..redaction import make_safe


@dataclass(frozen=True, slots=True)
class Trial:
    """`tried` is what became of the one rule that is being written, where there is one."""

    text: str
    before: Diagnosis
    after: Diagnosis
    tried: RuleResult | None
    fired: FiredRule | None

    @property
    def flips(self) -> bool:
        return self.before.cause != self.after.cause

    @property
    def is_nearly(self) -> bool:
        return self.tried is not None and not self.tried.fired and bool(self.tried.held)


def try_text(text: str, before: Rules, after: Rules, rule: Rule | None = None) -> Trial:
    safe = make_safe(text)
    case = read_case(safe.text, offered_context(), pepper=settings.PEPPER)
    old, new = judge_case(case, before), judge_case(case, after)
    fired = next((each for each in new.fired if rule and each.id == rule.id), None)
    return Trial(new.redacted_text, old, new, _alone(rule, case.signals, fired) if rule else None, fired)


def with_rule(rules: Rules, rule: Rule) -> Rules:
    """The set with this rule in the place of the one of the same name, or before all others."""
    if any(each.id == rule.id for each in rules.rules):
        changed = tuple(replace(rule, rank=each.rank) if each.id == rule.id else each for each in rules.rules)
        return Rules(f"{rules.version} tried", changed)
    highest = max((each.rank for each in rules.rules), default=0)
    return Rules(f"{rules.version} tried", (replace(rule, rank=highest + 1), *rules.rules))


def _alone(rule: Rule, signals: Signals, fired: FiredRule | None) -> RuleResult:
    """With what held and what it lacked. What others suspect is not known to a rule that is asked alone."""
    (result,) = compile_rules(Rules("alone", (rule,))).trace(signals)
    if fired is not None:
        return RuleResult(rule, True, fired.reasons, ())
    return RuleResult(rule, False, result.held, result.lacked)
