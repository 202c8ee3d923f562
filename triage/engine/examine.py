"""Trying rules on their own cases: each must fire where it says so and keep quiet on its near misses."""

from collections.abc import Iterator

from .catalogue.problem import Problem
from .context import Context
from .evaluate import RuleResult
from .extract import extract
from .layered import Layered
from .match import Matcher, compile_rules
from .redact import redact
from .rule import Example, Rule, RuleSet
from .signals import read_signals
from .text import clean


def examine(rule_set: RuleSet) -> Iterator[Problem]:
    """What the cases of the rules themselves show to be wrong."""
    matcher = compile_rules(rule_set)
    for rule in rule_set.rules:
        yield from examine_rule(rule, matcher)


def examine_rule(rule: Rule, matcher: Matcher | Layered) -> Iterator[Problem]:
    for example in rule.fires_on:
        result = _result(rule, matcher, example)
        if result is None or not result.fired:
            lacked = "; ".join(result.lacked) if result else "its main words"
            yield Problem("rules", rule.id, f"does not fire on {example.text[:120]!r}: lacks {lacked[:200]}")
    for example in rule.quiet_on:
        result = _result(rule, matcher, example)
        if result is not None and result.fired:
            words = "; ".join(f"{reason.signal} {reason.found!r}" for reason in result.held)
            yield Problem("rules", rule.id, f"fires on {example.text[:120]!r}: {words[:200]}")


def _result(rule: Rule, matcher: Matcher | Layered, example: Example) -> RuleResult | None:
    text = redact(clean(example.text).text, pepper=b"").text
    signals = read_signals(text, extract(text), Context.from_dict(example.context))
    return next((result for result in matcher.evaluate(signals) if result.rule.id == rule.id), None)
