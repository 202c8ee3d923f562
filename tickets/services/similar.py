"""Tickets that show the same error, or speak of the same rare things."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from tickets.models import EvidenceValue, Outcome, Person, Ticket
from tickets.models.ticket import TicketQuerySet, sight_of

from .ahead import Call, answers_of
from .compiled import Compiled
from .search.rare import rare_words, sharing

MOST = 8
COMPARED = ("model", "provider", "error_code")  # evidence that is told when it is the same
_SHOWN = ("number", "subject", "language", "status", "verdict", "cause", "created_at")


@dataclass(frozen=True, slots=True)
class Similar:
    """Another ticket and why it is shown: the same error, or words that hardly any other ticket has."""

    ticket: Ticket
    same_error: bool = False
    words: tuple[str, ...] = ()
    same: tuple[str, ...] = ()  # values of evidence that both have

    @property
    def result(self) -> str:
        """How it ended; empty while it is open."""
        outcome: str | None = (
            getattr(self.ticket, "outcome_result", None) if self.ticket.is_resolved else None
        )
        return str(Outcome.Result(outcome).label) if outcome else ""


def similar_to(
    ticket: Ticket,
    *,
    reader: Person,
    words: Iterable[str] = (),
    known: Mapping[str, object] | None = None,
) -> list[Similar]:
    """Other tickets like this one, that exist for `reader`: those with the same normalised error first, the newest
    first; then those that share the rarest of `words` (texts of this ticket). `known` is this ticket's evidence, to say
    what else agrees.

    At most four statements, over a bounded number of candidates, however many tickets there are.
    """
    known = known or {}
    compared = [field for field in COMPARED if known.get(field)]
    sight = sight_of(reader)
    found = [Similar(other, same_error=True) for other in answers_of(same_error_calls(ticket, reader))]
    if len(found) < MOST:
        known_already = {ticket.pk, *(each.ticket.pk for each in found)}
        shared = _by_words(ticket, words, known_already, MOST - len(found))
        by_number = {other.pk: other for other in _numbered(sight, list(shared))}
        found += [Similar(by_number[pk], words=held) for pk, held in shared.items() if pk in by_number]
    return [_compared(each, {field: known[field] for field in compared}) for each in found]


def same_error_calls(ticket: Ticket, reader: Person) -> list[Call]:
    """What `similar_to` asks first."""
    return [(_alike, sight_of(reader), ticket.fingerprint, ticket.pk)] if ticket.fingerprint else []


@Compiled
def _alike(sight: Any, fingerprint: Any, ticket: Any) -> QuerySet[Ticket]:
    alike = Ticket.objects.in_sight(sight).filter(fingerprint=fingerprint).exclude(pk=ticket)
    return _described(alike).order_by("-created_at")[:MOST]


@Compiled
def _numbered(sight: Any, numbers: Any) -> QuerySet[Ticket]:
    return _described(Ticket.objects.in_sight(sight).filter(pk__in=numbers))


def _by_words(
    ticket: Ticket, words: Iterable[str], known_already: set[int], most: int
) -> dict[int, tuple[str, ...]]:
    rare = rare_words(words, but=ticket.pk)
    if not rare:
        return {}
    return {
        each.ticket: each.words
        for each in sharing(rare, but=ticket.pk, most=most + len(known_already))
        if each.ticket not in known_already
    }


def _described(tickets: TicketQuerySet) -> TicketQuerySet:
    """What is shown of them, with how they ended and the evidence that is compared, in the same statement."""
    ends = Outcome.objects.filter(ticket=OuterRef("pk")).order_by("-pk").values("result")[:1]
    values = {
        f"own_{field}": Subquery(
            EvidenceValue.objects.filter(ticket=OuterRef("pk"), field=field, is_current=True).values("value")[
                :1
            ]
        )
        for field in COMPARED
    }
    return tickets.standing().only(*_SHOWN).annotate(outcome_result=Subquery(ends), **values)


def _compared(each: Similar, known: Mapping[str, object]) -> Similar:
    """With what else agrees; a word that is also such a value is told once."""
    same = _same(each.ticket, known)
    return replace(each, same=same, words=tuple(word for word in each.words if word not in same))


def _same(other: Ticket, known: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(known[field]) for field in known if getattr(other, f"own_{field}") == known[field])
