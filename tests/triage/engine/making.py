"""Small rules and rule sets for tests of the engine."""

from types import MappingProxyType

from triage.engine.rule import Condition, Example, Op, Operand, Rule, RuleSet, Strength, Test, When
from triage.engine.verdict import Words


def signal_test(signal: str, op: Op, operand: Operand) -> Test:
    return Test(signal, op, operand)


def make_rule(
    id_: str,
    cause: str,
    *every: Condition,
    some: tuple[Condition, ...] = (),
    without: tuple[Condition, ...] = (),
    strength: Strength = Strength.SURE,
    beats: tuple[str, ...] = (),
    asks: tuple[str, ...] = (),
) -> Rule:
    nothing = (Example("nothing of the kind", MappingProxyType({})),)
    return Rule(
        id=id_,
        cause=cause,
        strength=strength,
        when=When(every, some, without),
        because=Words("because", "因为"),
        source="test",
        beats=beats,
        asks=asks,
        fires_on=nothing,
        quiet_on=nothing,
    )


def make_rules(*rules: Rule) -> RuleSet:
    return RuleSet("+".join(rule.id for rule in rules), rules)
