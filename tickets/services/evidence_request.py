"""Asking the customer for exactly what is missing, in one message, and remembering what was asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tickets.models import CannedReply, Event, EvidenceRequest, Message, Person, Ticket
from triage.engine.evidence import FIELDS
from triage.engine.reply import fill

from .catalogue import catalogue
from .event import record
from .message import send_reply

REPLY = "needs-evidence"  # the canned reply whose {missing} becomes the questions


@dataclass(frozen=True, slots=True)
class Asked:
    """What the customer was asked for and has not answered since; `at` is when last."""

    at: datetime
    fields: frozenset[str]

    def covers(self, fields: Iterable[str]) -> bool:
        return self.fields.issuperset(fields)


def asked_of(events: Iterable[Event], messages: Iterable[Message]) -> Asked | None:
    """As the chain tells it, oldest first. `messages` are those that were kept: a letter taken back asks nothing."""
    kept = {message.pk for message in messages}
    asked: Asked | None = None
    letter: int | None = None
    for event in events:
        if event.kind == "customer_wrote":
            asked = None
        elif event.kind == "replied":
            letter = event.data.get("message")
        elif event.kind == "asked" and letter in kept:
            before = asked.fields if asked else frozenset[str]()
            asked = Asked(event.at, before.union(event.data.get("fields", ())))
    return asked


def request_text(ticket: Ticket, fields: Sequence[str]) -> str:
    """The message that asks for these, in the customer's language."""
    return _text_and_reply(ticket, fields)[0]


@transaction.atomic
def ask_for(ticket: Ticket, fields: Sequence[str], *, by: Person) -> EvidenceRequest:
    """Send the message and wait for the customer, which pauses the clock. Asked twice at once, it goes out once.

    Raises HeldBack like every answer.
    """
    text, reply = _text_and_reply(ticket, fields)
    message = send_reply(ticket, by=by, body=text, canned_reply=reply, status=Ticket.Status.WAITING)
    request, created = EvidenceRequest.objects.get_or_create(
        message=message, defaults={"ticket": ticket, "fields": list(fields), "by": by}
    )
    if created:
        record(ticket, "asked", by=by, fields=request.fields)
    return request


def still_asked(ticket: Ticket) -> list[str]:
    """What the customer was last asked for and has not told yet. A letter that has not gone out asks nothing."""
    request = ticket.evidence_requests.filter(message__in=Message.objects.public()).last()
    if request is None:
        return []
    known = set(
        ticket.evidence.filter(is_current=True, field__in=request.fields).values_list("field", flat=True)
    )
    return [field for field in request.fields if field in FIELDS and field not in known]


def _text_and_reply(ticket: Ticket, fields: Sequence[str]) -> tuple[str, CannedReply | None]:
    """As the operators word it; the built-in wording where theirs is gone or has blanks that nothing fills."""
    values = {"customer": ticket.customer.name, "missing": tuple(fields)}
    reply = CannedReply.objects.filter(slug=REPLY, is_active=True).prefetch_related("texts").first()
    bodies = [text.body for text in reply.texts.all() if text.language == ticket.language] if reply else []
    own = fill(bodies[0], values, ticket.language) if bodies else None
    if own is not None and not own.gaps and "{missing}" in bodies[0]:
        return own.text, reply
    built_in = next(each for each in catalogue().replies if each.id == REPLY)
    return fill(built_in.body.in_language(ticket.language), values, ticket.language).text, None
