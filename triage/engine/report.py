"""The stable printed form of a diagnosis, for the command and the HTTP API, and a readable one for people."""

from collections.abc import Iterator

from .evidence import FIELDS, PRINTED_FIELDS
from .verdict import Diagnosis, FiredRule


def as_dict(diagnosis: Diagnosis, id_: object = None) -> dict[str, object]:
    """The object that ARCHITECTURE promises to programs: keys may be added, none renamed."""
    values = diagnosis.evidence.values()
    return {
        "id": id_,
        "verdict": str(diagnosis.verdict),
        "cause": diagnosis.cause.slug,
        "layer": str(diagnosis.layer),
        "confidence": diagnosis.confidence,
        "alternatives": [cause.slug for cause in diagnosis.alternatives],
        "evidence": {name: values[name] for name in PRINTED_FIELDS if name in values},
        "rules": [rule.id for rule in diagnosis.deciding],
        "missing": list(diagnosis.missing),
        "redacted_text": diagnosis.redacted_text,
    }


def as_text(diagnosis: Diagnosis, language: str = "en") -> str:
    """A page for a terminal: verdict, reasons with the words read, runners-up, what to do, evidence."""
    return "\n".join(_lines(diagnosis, language)) + "\n"


def _lines(diagnosis: Diagnosis, language: str) -> Iterator[str]:
    cause = diagnosis.cause
    yield f"{diagnosis.verdict} · {cause.slug} · {diagnosis.layer}"
    yield f"  {cause.title.in_language(language)}"
    yield f"  {diagnosis.sureness} ({diagnosis.confidence:.2f}), rule set {diagnosis.rule_set}"
    for rule in diagnosis.deciding:
        yield from _because(rule, language)
    if diagnosis.alternatives:
        yield "could also be: " + ", ".join(other.slug for other in diagnosis.alternatives)
    if diagnosis.settle:
        yield f"would settle it: {diagnosis.settle.question.in_language(language)}"
    if diagnosis.missing:
        yield "missing: " + ", ".join(diagnosis.missing)
    yield "you can check: " + cause.check.in_language(language)
    yield from _evidence(diagnosis, language)
    if diagnosis.cut:
        yield "(the text was longer than can be read; its middle was left out)"


def _because(rule: FiredRule, language: str) -> Iterator[str]:
    yield f"because {rule.because.in_language(language)} [{rule.id}]"
    for reason in rule.reasons:
        yield f"    {reason.signal}: {reason.found!r}"


def _evidence(diagnosis: Diagnosis, language: str) -> Iterator[str]:
    values = diagnosis.evidence.values()
    if values:
        yield "evidence:"
    for name, value in values.items():
        label = FIELDS[name].zh if language.startswith("zh") else FIELDS[name].en
        yield f"    {label}: {value}"
