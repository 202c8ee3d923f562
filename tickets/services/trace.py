"""A diagnosis as stored with a verdict, and read back for the page.

Shape: {"fired": [{id, cause, weight, silenced_by, because: {en, zh}, reasons: [{signal, test, found, spans}]}],
"nearly": [{id, cause, because, held, lacked}], "alternatives": [slugs], "missing": [fields],
"settle": {"field", "question": {en, zh}} or null, "cut": bool,
"advice": [{doctor, words: {en, zh}, line, retry, wait, points: [{words, state, place}]}],
"hops": [{stage, request_id, status, failing}],
"steps": [{title: {en, zh}, curl, tells: {en, zh}}], "fingerprint": {value, normalised, stripped: [[kind, text]]},
"around": {failing_alike, provider_status}, as the engine's context had them,
"anew": {incident, title, verdict, cause}, where an incident was the reason, with what was said before}.
Spans are [start, end] in `Verdict.text`.
"""

from collections.abc import Mapping
from typing import Any

from triage.engine.advice import Examination
from triage.engine.fingerprint import Fingerprint
from triage.engine.verdict import Diagnosis, Reason, Words

AROUND = ("failing_alike", "provider_status")


def trace_of(
    diagnosis: Diagnosis, examination: Examination, fingerprint: Fingerprint, context: Mapping[str, Any]
) -> dict[str, Any]:
    settle = diagnosis.settle
    return {
        "fired": [
            {
                "id": rule.id,
                "cause": rule.cause,
                "weight": rule.weight,
                "silenced_by": rule.silenced_by,
                "because": _words(rule.because),
                "reasons": [_reason(reason) for reason in rule.reasons],
            }
            for rule in diagnosis.fired
        ],
        "nearly": [
            {
                "id": rule.id,
                "cause": rule.cause,
                "because": _words(rule.because),
                "held": [_reason(reason) for reason in rule.held],
                "lacked": list(rule.lacked),
            }
            for rule in diagnosis.nearly
        ],
        "alternatives": [cause.slug for cause in diagnosis.alternatives],
        "missing": list(diagnosis.missing),
        "settle": settle and {"field": settle.field, "question": _words(settle.question)},
        "cut": diagnosis.cut,
        **parts_of(examination),
        "fingerprint": {
            "value": fingerprint.value,
            "normalised": fingerprint.normalised,
            "stripped": [[kind, text] for kind, text, _ in fingerprint.stripped],
        },
        "around": {part: context[part] for part in AROUND if part in context},
    }


def parts_of(examination: Examination) -> dict[str, Any]:
    return {
        "advice": [
            {
                "doctor": advice.doctor,
                "words": _words(advice.words),
                "line": advice.line,
                "retry": advice.retry,
                "wait": advice.wait,
                "points": [
                    {"words": _words(point.words), "state": point.state, "place": point.place}
                    for point in advice.points
                ],
            }
            for advice in examination.advice
        ],
        "hops": [
            {
                "stage": str(hop.stage),
                "request_id": hop.request_id,
                "status": hop.http_status,
                "failing": hop.failing,
            }
            for hop in examination.hops
        ],
        "steps": [
            {"title": _words(step.title), "curl": step.curl, "tells": _words(step.tells)}
            for step in examination.safe_steps
        ],
    }


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "signal": reason.signal,
        "test": reason.test,
        "found": reason.found,
        "spans": [[span.start, span.end] for span in reason.spans],
    }
