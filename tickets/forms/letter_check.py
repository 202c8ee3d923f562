"""What a kept text for customers must not say. Only blanks that the evidence fills may stay open."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from triage.engine.catalogue.replies import placeholders
from triage.engine.lint.blame import blame_objections
from triage.engine.lint.objection import PLACEHOLDER, PROMISES_MONEY, Objection
from triage.engine.lint.placeholder import KNOWN
from triage.engine.lint.reply import must_not_say
from triage.engine.lint.sentence import sentences


def objections_of(text: str) -> Iterator[str]:
    """Each as a sentence: why not, what instead, and the words meant."""
    blame = blame_objections(tuple(sentences(text)))
    for objection in sorted((*must_not_say(text, {}), *blame), key=lambda each: (each.span, each.code)):
        if not _is_filled_later(objection, text):
            yield _said(objection, text)


def unknown_blanks(text: str) -> list[str]:
    """Blanks that nothing fills, as they are written; for texts that only the desk reads."""
    return [f"{{{name}}}" for name in dict.fromkeys(placeholders(text)) if name not in KNOWN]


def _is_filled_later(objection: Objection, text: str) -> bool:
    words = text[objection.span.start : objection.span.end]
    return objection.code == PLACEHOLDER and words[0] + words[-1] == "{}" and words[1:-1] in KNOWN


def _said(objection: Objection, text: str) -> str:
    words = text[objection.span.start : objection.span.end][:80]
    return _("%(why)s “%(words)s”") % {"why": _why(objection), "words": words}


def _why(objection: Objection) -> str:
    """A kept text stands at no ticket yet, so what is approved or filled there does not count."""
    if objection.code == PLACEHOLDER:
        return _("The evidence fills no such blank. Those that it fills are listed below.")
    if objection.code == PROMISES_MONEY:
        return _(
            "This promises money back. Whether that is approved differs from ticket to ticket: say that the charge"
            " will be checked."
        )
    language = get_language() or "en"
    said = (objection.reason.in_language(language), objection.suggestion.in_language(language))
    return _("%(reason)s %(advice)s") % {"reason": said[0], "advice": said[1]}
