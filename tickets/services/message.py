"""The conversation after the first message: the customer writes back, the desk replies or notes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tickets.models import CannedReply, EvidenceValue, Message, Person, Ticket
from triage.engine.evidence import Value
from triage.engine.lint.objection import Objection

from . import draft_file
from .attachment import Upload, add_files
from .changed import stop_if_changed
from .checks import HeldBack, objections_to_reply
from .clock import restate
from .escalation import customer_spoke
from .event import digest_of, record
from .evidence import add_told
from .family import held_survivor_of, names_of, readers_of, shown_as
from .hold import hold, state_before
from .intake import add_customer_message, safe_values
from .language import language_of
from .mention import call
from .redaction import make_safe, make_storable
from .reply_kept import kept_reply
from .search.index import index
from .status import move
from .success import customer_came_back
from .verdict import judge


class OtherReaders(Exception):
    """The answer would reach other people than the sender was shown; says who would get it."""


TWICE_WITHIN = timedelta(minutes=2)


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
    if was_resolved:
        customer_came_back(ticket)
    message = add_customer_message(ticket, make_storable(text), source=source)
    if was_resolved:
        record(ticket, "reopened", by="customer")
    if told:
        add_told(ticket, safe_values(told), origin=EvidenceValue.Origin.CUSTOMER, message=message)
    judge(ticket, fresh=[message, *add_files(ticket, uploads, message=message)])
    customer_spoke(ticket)
    return message


@transaction.atomic
def send_reply(
    ticket: Ticket,
    *,
    by: Person,
    body: str,
    canned_reply: CannedReply | None = None,
    status: str = Ticket.Status.WAITING,
    sure: Collection[str] = (),
    doubts: Collection[Objection] = (),
    seen: int | None = None,
    shown_to: str = "",
    with_files: bool = False,
) -> Message:
    """Send an answer to the customer. Raises HeldBack, with nothing stored, where it must not go out,
    ChangedMeanwhile where others changed the ticket beyond the `seen` length of its chain, and OtherReaders where it
    would reach others than those `shown_to` the sender.

    Text and recipients are frozen now; the letter leaves when the sender's time to take it back is over
    (`hold.recall`). `canned_reply` is what the text began as, forgotten where little of it is left. `with_files` sends
    what the sender chose in the composer along. `sure` are codes of doubts that the sender has read already, `doubts`
    are further ones than those about the text.
    """
    has_files = with_files and draft_file.has_files(ticket, by=by, kind=Message.Kind.REPLY)
    found = objections_to_reply(ticket, body, sure=sure, has_files=has_files)
    objections = (*found, *(doubt for doubt in doubts if doubt.code not in sure))
    if objections:
        raise HeldBack(objections)
    standing = Ticket.objects.select_for_update().get(pk=ticket.pk)
    twice = _sent_just_now(ticket, body)
    if twice is not None:
        return twice
    stop_if_changed(standing, seen, by=by)
    readers = readers_of(ticket)
    if shown_to and shown_to != shown_as(readers):
        raise OtherReaders(names_of(readers))
    canned_reply = kept_reply(canned_reply, body)
    message = _write(
        ticket,
        Message.Kind.REPLY,
        by=by,
        body=body,
        canned_reply=canned_reply,
        recipients=[reader.email for reader in readers],
        before=state_before(standing, status=status),
    )
    ticket.desk_spoke_at = message.created_at
    ticket.save(update_fields=["desk_spoke_at"])
    move(ticket, status)
    record(
        ticket, "replied", by=by, message=message.pk, text=digest_of(message.body),
        canned_reply=canned_reply and canned_reply.slug,
    )  # fmt: skip
    if has_files:
        draft_file.send_along(message, by=by)
    restate(ticket)
    hold(message, seconds=by.undo_seconds)
    index(ticket)
    return message


@transaction.atomic
def add_note(ticket: Ticket, *, by: Person, body: str, with_files: bool = False) -> Message:
    """A note that only the desk reads. Secrets in it are masked like everywhere; who is named with an @ is told."""
    note = _write(ticket, Message.Kind.NOTE, by=by, body=make_safe(body).text)
    called = [person.pk for person in call(note, by=by)]
    more = {"called": called} if called else {}
    record(ticket, "noted", by=by, message=note.pk, text=digest_of(note.body), **more)
    if with_files:
        draft_file.send_along(note, by=by)
    index(ticket)
    return note


def _sent_just_now(ticket: Ticket, body: str) -> Message | None:
    """The same answer, sent a moment ago by a second click or by a colleague: the customer gets it once."""
    since = timezone.now() - TWICE_WITHIN
    lately = ticket.messages.kept().filter(kind=Message.Kind.REPLY, created_at__gte=since)
    return lately.filter(body=body.strip()).first()


def _write(
    ticket: Ticket,
    kind: Message.Kind,
    *,
    by: Person,
    body: str,
    canned_reply: CannedReply | None = None,
    **more: object,
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
        **more,
    )
