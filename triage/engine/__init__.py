"""The engine: text and context in, diagnosis out. No framework, no clock, no network, no database."""

from collections.abc import Mapping

from .catalogue import load_catalogue
from .context import Context
from .diagnose import decide
from .evaluate import RuleResult
from .evidence import Value
from .extract import extract
from .match import Matcher, compile_rules
from .redact import redact
from .rule import RuleSet
from .signals import read_signals
from .text import clean
from .verdict import Cause, Diagnosis

__all__ = ["diagnose", "trace"]

_compiled: dict[str, Matcher] = {}
MOST_COMPILED = 4  # rule sets kept at once: the active one, a draft, and two to compare with


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
    cleaned = clean(text)
    redacted = redact(cleaned.text, pepper=pepper).text
    evidence = extract(redacted).with_known(known or {})
    signals = read_signals(redacted, evidence, _context(context))
    matcher = matcher_for(rules)
    results = matcher.evaluate(signals)
    catalogue = load_catalogue().with_causes(causes or {})
    return decide(signals, evidence, results, catalogue, matcher.rule_set.version, cut=cleaned.cut)


def trace(
    text: str | bytes,
    context: Context | Mapping[str, object] | None = None,
    rules: RuleSet | None = None,
    *,
    known: Mapping[str, Value] | None = None,
) -> tuple[RuleResult, ...]:
    """Every rule tried on a text, with the conditions that held and those it lacked."""
    redacted = redact(clean(text).text, pepper=b"").text
    signals = read_signals(redacted, extract(redacted).with_known(known or {}), _context(context))
    return matcher_for(rules).trace(signals)


def matcher_for(rules: RuleSet | None = None) -> Matcher:
    """The compiled form of a rule set; compiled once for as long as it is among the last ones used."""
    rule_set = rules or load_catalogue().rule_set
    matcher = _compiled.get(rule_set.version)
    if matcher is None or matcher.rule_set is not rule_set:
        matcher = compile_rules(rule_set)
        while len(_compiled) >= MOST_COMPILED:
            _compiled.pop(next(iter(_compiled)), None)
        _compiled[rule_set.version] = matcher
    return matcher


def _context(given: Context | Mapping[str, object] | None) -> Context:
    return given if isinstance(given, Context) else Context.from_dict(given)
