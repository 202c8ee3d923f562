"""What people have typed and not sent: kept for each person, ticket and kind, in one row."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Case, F, QuerySet, TextField, Value, When

from tickets.models import CannedReply, Draft, Message, Person, Ticket

from . import draft_file
from .compiled import Compiled
from .family import survivor_of
from .redaction import make_safe


class SentMeanwhile(Exception):
    """The person sent a message of this kind after the page of the draft was loaded: it is a draft no more."""


class ChangedElsewhere(Exception):
    """Another page of the same person saved something else since: what stands there would be lost."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft))
        self.draft = draft


@transaction.atomic
def keep(
    ticket: Ticket,
    *,
    by: Person,
    kind: str,
    body: str,
    canned_reply: CannedReply | None = None,
    seen: int | None = None,
    known: str | None = None,
) -> Draft | None:
    """Keep what was typed; nothing typed drops the draft. Raises SentMeanwhile and ChangedElsewhere.

    `seen` is the last message on the page that the text was typed into, so that a late save cannot bring
    back what its own page has sent. `known` is the mark of the draft that this page saw last, empty for none.
    """
    Ticket.objects.select_for_update().only("pk").get(pk=ticket.pk)
    if seen is not None and _sent_after(ticket, by, kind, seen):
        raise SentMeanwhile
    safe = make_safe(body, personal=False).text
    there = None if known is None else ticket.drafts.of(by).filter(kind=kind).first()
    if there and there.mark != known and there.body not in safe:
        raise ChangedElsewhere(there)
    if not body.strip():
        drop(ticket, by=by, kind=kind)
        return None
    fields = {"body": safe, "canned_reply": canned_reply}
    draft, _ = Draft.objects.update_or_create(ticket=ticket, person=by, kind=kind, defaults=fields)
    return draft


def drop(ticket: Ticket, *, by: Person, kind: str) -> None:
    """Within the transaction that sends it, or by hand."""
    ticket.drafts.of(by).filter(kind=kind).delete()


def bring_back(message: Message, *, by: Person) -> Draft:
    """A message that was taken back is a draft again, whole, before anything typed meanwhile."""
    ticket = survivor_of(message.ticket)
    typed = ticket.drafts.of(by).filter(kind=message.kind).first()
    body = message.body if typed is None else f"{message.body}\n\n{typed.body}"
    fields = {"body": body, "canned_reply": message.canned_reply}
    draft, _ = Draft.objects.update_or_create(ticket=ticket, person=by, kind=message.kind, defaults=fields)
    draft_file.bring_back(message, to=ticket)
    return draft


def bring_along(ticket: Ticket, *, to: Ticket) -> None:
    """What people typed on a ticket that is merged stands on the survivor, below what they typed there already."""
    for draft in ticket.drafts.select_for_update():
        there = to.drafts.filter(person=draft.person_id, kind=draft.kind).first()
        if there is None:
            draft.ticket = to
            draft.save(update_fields=["ticket"])
        else:
            there.body = f"{there.body}\n\n{draft.body}"
            there.save()
            draft.delete()
    draft_file.bring_along(ticket, to=to)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a person: on which tickets there are some, and those of the ticket in hand, by kind."""

    numbers: frozenset[int]
    here: dict[str, Draft]


def numbers_of(person: Person) -> frozenset[int]:
    """The tickets on which the person has a draft."""
    return frozenset(_numbers_of(person.pk))


@Compiled
def _numbers_of(person: Any) -> QuerySet[Draft, int]:
    return Draft.objects.of(person).values_list("ticket_id", flat=True)


def drafts_of(person: Person, ticket: Ticket) -> Drafts:
    """One statement for a whole page; only the texts of the ticket in hand come with it."""
    here: dict[str, Draft] = {}
    numbers = set()
    for draft in kept_drafts(person.pk, ticket.pk):
        numbers.add(draft.ticket_id)
        if draft.ticket_id == ticket.pk:
            draft.body = draft.text  # type: ignore[attr-defined]  # annotated
            here[draft.kind] = draft
    return Drafts(frozenset(numbers), here)


@Compiled
def kept_drafts(person: Any, ticket: Any) -> QuerySet[Draft]:
    text = Case(When(ticket=ticket, then=F("body")), default=Value(""), output_field=TextField())
    return Draft.objects.of(person).select_related("canned_reply").defer("body").annotate(text=text)


def _sent_after(ticket: Ticket, by: Person, kind: str, seen: int) -> bool:
    return ticket.messages.kept().filter(author=by, kind=kind, pk__gt=seen).exists()
