"""The engine: text and context in, diagnosis out. No framework, no clock, no network, no database."""

from collections.abc import Mapping
from typing import NamedTuple

from .catalogue import load_catalogue
from .context import Context
from .diagnose import decide
from .evaluate import RuleResult
from .evidence import Evidence, Value
from .extract import extract
from .layered import Layered, is_mostly
from .match import Matcher, compile_rules
from .redact import redact
from .rule import RuleSet
from .signals import Signals, read_signals
from .text import clean
from .verdict import Cause, Diagnosis

__all__ = ["Case", "diagnose", "judge_case", "matcher_for", "read_case", "trace"]

_compiled: dict[str, Matcher | Layered] = {}
MOST_COMPILED = 6  # rule sets kept at once: the active one, a draft, and two to compare with


def diagnose(
    text: str | bytes,
    context: Context | Mapping[str, object] | None = None,
    rules: RuleSet | None = None,
    *,
    pepper: bytes = b"",
    known: Mapping[str, Value] | None = None,
    causes: Mapping[str, Cause] | None = None,
) -> Diagnosis:
    """Judge one pasted text. Never raises on any text or context; `rules` defaults to the built-in catalogue.

    `known` are evidence values from elsewhere; they outrank what the text says. `pepper` keys the fingerprints
    of secrets. `causes` are an operator's own, beside the built-in ones; rules of unknown causes are ignored.
    All spans of the answer are offsets into `redacted_text`.
    """
    return judge_case(read_case(text, context, pepper=pepper, known=known), rules, causes)


class Case(NamedTuple):
    """A text with what is known beside it, read but not judged: several rule sets can be asked about it."""

    signals: Signals
    evidence: Evidence
    cut: bool


def read_case(
    text: str | bytes,
    context: Context | Mapping[str, object] | None = None,
    *,
    pepper: bytes = b"",
    known: Mapping[str, Value] | None = None,
) -> Case:
    cleaned = clean(text)
    redacted = redact(cleaned.text, pepper=pepper).text
    evidence = extract(redacted).with_known(known or {})
    return Case(read_signals(redacted, evidence, _context(context)), evidence, cleaned.cut)


def judge_case(
    case: Case, rules: RuleSet | None = None, causes: Mapping[str, Cause] | None = None
) -> Diagnosis:
    matcher = matcher_for(rules)
    results = matcher.evaluate(case.signals)
    catalogue = load_catalogue().with_causes(causes or {})
    return decide(case.signals, case.evidence, results, catalogue, matcher.rule_set.version, cut=case.cut)


def trace(
    text: str | bytes,
    context: Context | Mapping[str, object] | None = None,
    rules: RuleSet | None = None,
    *,
    known: Mapping[str, Value] | None = None,
) -> tuple[RuleResult, ...]:
    """Every rule tried on a text, with the conditions that held and those it lacked."""
    return matcher_for(rules).trace(read_case(text, context, known=known).signals)


def matcher_for(rules: RuleSet | None = None) -> Matcher | Layered:
    """The compiled form of a rule set; compiled once for as long as it is among the last ones used. A set that is
    made of the built-in rules for the most part shares their compiled form: only what differs is compiled.
    """
    rule_set = rules or load_catalogue().rule_set
    matcher = _compiled.get(rule_set.version)
    if matcher is None or matcher.rule_set is not rule_set:
        matcher = _compile(rule_set)
        while len(_compiled) >= MOST_COMPILED:
            _compiled.pop(next(iter(_compiled)), None)
        _compiled[rule_set.version] = matcher
    return matcher


def _compile(rule_set: RuleSet) -> Matcher | Layered:
    built_in = load_catalogue().rule_set
    if rule_set is built_in or not is_mostly(rule_set, built_in):
        return compile_rules(rule_set)
    base = matcher_for(built_in)
    return Layered(base, rule_set) if isinstance(base, Matcher) else compile_rules(rule_set)


def _context(given: Context | Mapping[str, object] | None) -> Context:
    return given if isinstance(given, Context) else Context.from_dict(given)
