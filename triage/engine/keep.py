"""Signals as JSON can keep them beside the text they were read from, and back: rules can be tried on them later
without reading the text anew.

Shape: {"form", "values": {signal: value}, "places": {signal: [start, end]}, "machine": [[start, end]],
"guesses": [[start, end]], "innermost": null or {"at": [start, end] in the folded text | "text", "whole": null or
[start, end]}, "fired": [[rule, [reason]]]}, the last one being what the rules that judged found. A reason is
[signal, found, start, end], with the first place of what was found, or [signal, found] for what stands nowhere.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from .evaluate import RuleResult
from .evidence import Span
from .rule import Rule
from .signals import Haystack, Signals, SignalValue
from .text import Folded, fold
from .unwrap import unwrap
from .verdict import FiredRule, Reason

FORM = 4  # to be raised when signals are read in another way: what was kept before is read anew
SAME_FOR_ALL = ("context.models",)  # what the gateway offers is long, and the same on every ticket


def keep(signals: Signals, fired: Iterable[FiredRule | RuleResult] = ()) -> dict[str, Any]:
    return {
        "fired": [_kept_rule(rule) for rule in fired],
        "form": FORM,
        "values": {name: value for name, value in signals.values.items() if name not in SAME_FOR_ALL},
        "places": {name: [span.start, span.end] for name, span in signals.spans.items()},
        "machine": _pairs(signals.machine),
        "guesses": _pairs(signals.guesses),
        "innermost": _kept_innermost(signals),
    }


def restore(text: str, kept: Mapping[str, Any], also: Mapping[str, SignalValue]) -> Signals | None:
    """None where nothing was kept in the present form. `also` are the values that are the same for all."""
    if kept.get("form") != FORM:
        return None
    folded = unwrap(fold(text))
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept["values"].items()
    }
    return Signals(
        raw=text,
        values=MappingProxyType({**values, **{name: also[name] for name in SAME_FOR_ALL if name in also}}),
        spans=MappingProxyType({name: Span(*pair) for name, pair in kept["places"].items()}),
        text=Haystack(folded.text.encode("utf-8"), folded, None),
        innermost=_innermost(folded, kept["innermost"]),
        machine=_spans(kept["machine"]),
        guesses=_spans(kept["guesses"]),
    )


def restore_fired(kept: Mapping[str, Any], rules: Mapping[str, Rule]) -> tuple[RuleResult, ...]:
    """What fired then, by the rules that judged then. Of the places of a reason only the first is kept: it tells
    readings of the same words from readings of others.
    """
    return tuple(
        RuleResult(rules[name], True, tuple(_reason(*reason) for reason in reasons), ())
        for name, reasons in kept["fired"]
        if name in rules
    )


def _kept_rule(rule: FiredRule | RuleResult) -> list[Any]:
    if isinstance(rule, RuleResult):
        return [rule.rule.id, [_kept_reason(reason) for reason in rule.held]]
    return [rule.id, [_kept_reason(reason) for reason in rule.reasons]]


def _kept_reason(reason: Reason) -> list[Any]:
    return [
        reason.signal,
        reason.found,
        *(place for span in reason.spans[:1] for place in (span.start, span.end)),
    ]


def _reason(signal: str, found: str, *place: int) -> Reason:
    return Reason(signal, "", found, (Span(*place),) if place else ())


def _kept_innermost(signals: Signals) -> dict[str, Any] | None:
    inner = signals.innermost
    if inner is None:
        return None
    words = inner.folded.text
    start = signals.text.folded.text.find(words)
    place = {"at": [start, start + len(words)]} if start >= 0 else {"text": words}
    return {**place, "whole": _pairs([inner.whole])[0] if inner.whole else None}


def _innermost(folded: Folded, kept: Mapping[str, Any] | None) -> Haystack | None:
    if kept is None:
        return None
    words = folded.text[slice(*kept["at"])] if "at" in kept else kept["text"]
    whole = Span(*kept["whole"]) if kept["whole"] else Span(0, 0)
    return Haystack(words.encode("utf-8"), Folded(words), whole)


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)
