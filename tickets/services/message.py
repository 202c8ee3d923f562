"""The conversation after the first message: the customer writes back, the desk replies or notes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tickets.models import CannedReply, EvidenceValue, Message, Person, Ticket
from triage.engine.evidence import Value
from triage.engine.lint.objection import Objection
from triage.engine.lint.reply import must_not_say

from . import outbox
from .attachment import Upload, add_files
from .event import record
from .evidence import add_told
from .family import held_survivor_of
from .intake import add_customer_message, safe_values
from .language import language_of
from .redaction import make_safe
from .search.index import index
from .status import move
from .verdict import judge

TWICE_WITHIN = timedelta(minutes=2)


class HeldBack(Exception):
    """The reply says something that must not be said. `objections` name each place and why."""

    def __init__(self, objections: tuple[Objection, ...]) -> None:
        super().__init__(", ".join(objection.code for objection in objections))
        self.objections = objections


@transaction.atomic
def receive(
    ticket: Ticket,
    *,
    text: str | bytes,
    source: Ticket.Source,
    told: Mapping[str, Value] | None = None,
    uploads: Sequence[Upload] = (),
) -> Message:
    """The customer wrote again: kept, read for evidence, judged anew; a resolved ticket opens again.

    `told` are answers given in fields beside the text. Written to a merged ticket, it reaches the survivor.
    """
    ticket = held_survivor_of(ticket)
    was_resolved = ticket.is_resolved
    message = add_customer_message(ticket, make_safe(text), source=source)
    if was_resolved:
        record(ticket, "reopened", by="customer")
    if told:
        add_told(ticket, safe_values(told), origin=EvidenceValue.Origin.CUSTOMER, message=message)
    judge(ticket, fresh=[message, *add_files(ticket, uploads, message=message)])
    return message


@transaction.atomic
def send_reply(
    ticket: Ticket,
    *,
    by: Person,
    body: str,
    canned_reply: CannedReply | None = None,
    status: str = Ticket.Status.WAITING,
) -> Message:
    """Send an answer to the customer. Raises HeldBack, with nothing stored, where it must not go out."""
    objections = objections_to(ticket, body)
    if objections:
        raise HeldBack(objections)
    Ticket.objects.select_for_update().only("pk").get(pk=ticket.pk)
    twice = _sent_just_now(ticket, body)
    if twice is not None:
        return twice
    message = _write(ticket, Message.Kind.REPLY, by=by, body=body, canned_reply=canned_reply)
    ticket.desk_spoke_at = message.created_at
    ticket.save(update_fields=["desk_spoke_at"])
    move(ticket, status)
    if canned_reply is not None:
        CannedReply.objects.filter(pk=canned_reply.pk).update(times_sent=F("times_sent") + 1)
    record(ticket, "replied", by=by, message=message.pk, canned_reply=canned_reply and canned_reply.slug)
    outbox.add("mail_reply", message.pk, key=f"mail_reply:{message.pk}")
    index(ticket)
    return message


@transaction.atomic
def add_note(ticket: Ticket, *, by: Person, body: str) -> Message:
    """A note that only the desk reads. Secrets in it are masked like everywhere."""
    note = _write(ticket, Message.Kind.NOTE, by=by, body=make_safe(body).text)
    record(ticket, "noted", by=by, message=note.pk)
    index(ticket)
    return note


def objections_to(ticket: Ticket, body: str) -> tuple[Objection, ...]:
    """What in this reply must not be said, given what is known about the ticket."""
    return must_not_say(body, _facts(ticket))


def _sent_just_now(ticket: Ticket, body: str) -> Message | None:
    """The same answer, sent a moment ago by a second click or by a colleague: the customer gets it once."""
    since = timezone.now() - TWICE_WITHIN
    return ticket.messages.filter(kind=Message.Kind.REPLY, body=body.strip(), created_at__gte=since).first()


def _facts(ticket: Ticket) -> dict[str, object]:
    task_state: EvidenceValue | None = ticket.current_evidence().get("task_state")
    return {
        "upstream_status_known": task_state is not None
        and task_state.origin in (EvidenceValue.Origin.GATEWAY, EvidenceValue.Origin.PERSON),
        "affected_group_confirmed": _affected_group_confirmed(ticket),
    }


def _affected_group_confirmed(ticket: Ticket) -> bool:
    """An engineer has taken the escalation and written down the mitigation."""
    return ticket.escalations.filter(owner__isnull=False).exclude(mitigation="").exists()


def _write(
    ticket: Ticket, kind: Message.Kind, *, by: Person, body: str, canned_reply: CannedReply | None = None
) -> Message:
    return Message.objects.create(
        ticket=ticket,
        kind=kind,
        author=by,
        body=body.strip(),
        language=language_of(body, otherwise=ticket.language),
        source=Ticket.Source.AGENT,
        canned_reply=canned_reply,
        created_at=timezone.now(),
    )
