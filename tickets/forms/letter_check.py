"""What a kept text for customers must not say. Only blanks that the evidence fills may stay open."""

from collections.abc import Iterator

from django.utils.translation import get_language

from triage.engine.lint.objection import PLACEHOLDER, Objection
from triage.engine.lint.placeholder import KNOWN
from triage.engine.lint.reply import must_not_say


def objections_of(text: str) -> Iterator[str]:
    """Each as a sentence: why not, what instead, and the words meant."""
    for objection in must_not_say(text, {}):
        if not _is_filled_later(objection, text):
            yield _said(objection, text)


def _is_filled_later(objection: Objection, text: str) -> bool:
    words = text[objection.span.start : objection.span.end]
    return objection.code == PLACEHOLDER and words[0] + words[-1] == "{}" and words[1:-1] in KNOWN


def _said(objection: Objection, text: str) -> str:
    words = text[objection.span.start : objection.span.end][:80]
    language = get_language() or "en"
    reason, advice = (each.in_language(language) for each in (objection.reason, objection.suggestion))
    return f"{reason} {advice} “{words}”"
