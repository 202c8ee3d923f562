"""The conversation of a ticket: messages and the chain's events between them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects

from tickets.models import CannedReplyText, Event, EvidenceValue, Message, Person, Ticket
from tickets.models.message import MessageQuerySet
from tickets.services.compiled import Compiled, at_hand
from tickets.services.family import messages_of
from tickets.services.mail.health import bounce_of_message

SPOKEN = frozenset(
    {"customer_wrote", "replied", "noted", "evidence_pasted", "attached"}
)  # events that a message already shows
QUOTING = frozenset(
    {
        "evidence_read",
        "evidence_told",
        "evidence_set",
        "evidence_taken_back",
        "attached",
        "handoff_completed",
    }
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, or the events between two messages, which the page shows as one line.

    `is_first_unread` is the first that came after the reader last had the ticket open.
    """

    message: Message | None = None
    events: tuple[Event, ...] = ()
    is_first_unread: bool = False

    @property
    def last(self) -> Event:
        return self.events[-1]


def hidden_from(with_evidence: bool) -> frozenset[str]:
    """Kinds of events that quote evidence, where the reader may not see it."""
    return frozenset() if with_evidence else QUOTING


def history_of(ticket: Ticket, *, with_evidence: bool) -> list[Event]:
    """The ticket's events, oldest first, that the reader may see."""
    hidden = hidden_from(with_evidence)
    return [event for event in at_hand(events(ticket.pk), ticket=ticket) if event.kind not in hidden]


@Compiled
def events(ticket: Any) -> QuerySet[Event]:
    return Event.objects.filter(ticket=ticket)


def talk_of(ticket: Ticket, *, is_alone: bool = False) -> list[Message]:
    """The messages of the whole conversation, oldest first, with what the page shows of them.

    `is_alone` says that no other ticket was ever merged into this one: then there is no family to look for.
    """
    messages = own_messages(ticket.pk) if is_alone else list(_as_shown(messages_of(ticket)))
    merged_in = [message for message in messages if message.ticket_id != ticket.pk]
    for message in messages:
        if message.ticket_id == ticket.pk:
            message.ticket = ticket  # at hand, with its customer
    prefetch_related_objects(merged_in, Prefetch("ticket", Ticket.objects.select_related("customer")))
    return messages


@Compiled
def own_messages(ticket: Any) -> QuerySet[Message]:
    return _as_shown(Message.objects.kept().filter(ticket=ticket))


def _as_shown(messages: MessageQuerySet) -> MessageQuerySet:
    title = CannedReplyText.objects.filter(reply=OuterRef("canned_reply"), language=OuterRef("language"))
    return messages.annotate(
        undelivered=bounce_of_message(), reply_title=Subquery(title.values("title")[:1])
    ).select_related("canned_reply")


def with_answers(messages: list[Message]) -> list[Message]:
    """The same messages, each with what its writer told in fields, as `told`. One statement."""
    told = EvidenceValue.objects.filter(origin=EvidenceValue.Origin.CUSTOMER).order_by("pk")
    prefetch_related_objects(messages, Prefetch("evidencevalue_set", told, to_attr="told"))
    return messages


def with_files(messages: list[Message]) -> list[Message]:
    """The same messages, each with its attachments, as `files`. One statement."""
    prefetch_related_objects(messages, Prefetch("attachments", to_attr="files"))
    return messages


def conversation_of(messages: Iterable[Message], history: Iterable[Event]) -> list[Turn]:
    """Messages and the events between them, oldest first. What a message shows by itself is not told again."""
    events = [event for event in history if event.kind not in SPOKEN]
    turns: list[Turn] = []
    items: list[Message | Event] = [*messages, *events]
    for item in sorted(items, key=_moment):
        if isinstance(item, Message):
            turns.append(Turn(message=item))
        elif turns and turns[-1].message is None:
            turns[-1] = Turn(events=(*turns[-1].events, item))
        else:
            turns.append(Turn(events=(item,)))
    return turns


def with_unread_mark(turns: list[Turn], *, read: int | None, reader: Person) -> list[Turn]:
    """The turns with a mark on the first message that is new to the reader: `read` is the id of the last one
    that was there. Who never had the ticket open, or wrote the rest, gets no mark.
    """
    new = [at for at, turn in enumerate(turns) if _is_new(turn, read, reader)] if read else []
    if not new:
        return turns
    return [replace(turn, is_first_unread=True) if at == new[0] else turn for at, turn in enumerate(turns)]


def _is_new(turn: Turn, read: int | None, reader: Person) -> bool:
    message = turn.message
    return message is not None and message.pk > (read or 0) and message.author_id != reader.pk


def _moment(item: Message | Event) -> datetime:
    return item.created_at if isinstance(item, Message) else item.at
