"""The hand-off card as pages show it: its fields, and the vague words in them with what to write instead."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tickets.models import Escalation
from triage.engine.lint.handoff import vague_words

EVIDENCE = frozenset({"reason", "current_state", "reproduction"})  # not for those who may not see evidence


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a field's words; with a suggestion where it is vague."""

    words: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    word: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class CardField:
    name: str
    label: str
    parts: tuple[Part, ...]

    @property
    def flags(self) -> list[Flag]:
        """Each suggestion once, with the first word that it is for."""
        first = {part.suggestion: part.words for part in reversed(self.parts) if part.suggestion}
        return [Flag(word, suggestion) for suggestion, word in reversed(first.items())]


def labels() -> dict[str, str]:
    return {
        "reason": _("Why"),
        "symptom": _("User-visible symptom"),
        "current_state": _("Current state"),
        "last_good_at": _("Last known good time"),
        "reproduction": _("Reproduction step"),
        "mitigation": _("Mitigation"),
        "next_review": _("What to look at then"),
    }


def fields_of(escalation: Escalation, *, with_evidence: bool) -> list[CardField]:
    return [
        CardField(name, label, tuple(parts_of(getattr(escalation, name))))
        for name, label in labels().items()
        if with_evidence or name not in EVIDENCE
    ]


def gaps_in(escalation: Escalation, fields: list[CardField]) -> int:
    """How many lines of the card nobody has filled in, of those that the reader sees."""
    filled = (escalation.owner_id, escalation.review_at, *(field.parts for field in fields))
    return sum(not value for value in filled)


def flags_in(text: str) -> list[Flag]:
    return CardField("", "", tuple(parts_of(text))).flags


def parts_of(text: str) -> Iterator[Part]:
    """The whole text, in order."""
    done = 0
    for vague in vague_words(text):
        if vague.span.start > done:
            yield Part(text[done : vague.span.start])
        yield Part(vague.word, vague.suggestion.in_language(get_language() or "en"))
        done = vague.span.end
    if done < len(text):
        yield Part(text[done:])
