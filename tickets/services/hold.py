"""The seconds between the click and the letter: a reply is held, then released, or taken back whole.

`Message.before`, what the sending changed: that of `put_back.status_before`, and {"desk_spoke_at", "charged": what
stood there; "became": the status it set; "outcome", "escalations": what closing made and closed}.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tickets.models import Message, Person, Ticket

from . import draft, outbox
from .clock import restate
from .event import record
from .locked import locked
from .put_back import moment_of, move_back, put_back_closing, status_before, written
from .search.index import index_many
from .spoken import restate_spoken
from .success import count_sent


def hold(message: Message, *, seconds: int) -> None:
    """Keep a reply just written for so long; zero lets it go at once. Within the transaction that wrote it."""
    if not seconds:
        _let_go(message)
        return
    message.held_until = message.created_at + timedelta(seconds=seconds)
    message.save(update_fields=["held_until"])
    outbox.add("release_reply", message.pk, due=message.held_until, key=f"release_reply:{message.pk}")


def release(message_id: int) -> None:
    """The time to take it back is over. Runs as a job; of release and taking back exactly one happens."""
    if Message.objects.held().filter(pk=message_id).update(held_until=None):
        _let_go(Message.objects.get(pk=message_id))


@transaction.atomic
def recall(message: Message, *, by: Person) -> bool:
    """Take a held reply back: the ticket is as before, the text a draft again. False when it has gone out."""
    ticket, survivor = _locked_with_survivor(message.ticket_id)
    if not Message.objects.held().filter(pk=message.pk).update(recalled_at=timezone.now()):
        return False
    message.ticket = ticket
    _put_back(ticket, message, by)
    draft.bring_back(message, by=by)
    record(ticket, "reply_taken_back", by=by, message=message.pk, status=ticket.status)
    restate(ticket)
    if survivor is not None and survivor.desk_spoke_at == message.created_at:
        restate_spoken(survivor)
        restate(survivor)
    index_many([ticket.pk, *([survivor.pk] if survivor else [])])
    return True


def state_before(ticket: Ticket, *, status: str) -> dict[str, Any]:
    """What a sending that sets this status is about to change."""
    return {
        **status_before(ticket),
        "desk_spoke_at": written(ticket.desk_spoke_at),
        "charged": ticket.charged,
        "became": status,
    }


def state_for_customer(ticket: Ticket, held: Message | None) -> tuple[str, bool]:
    """The status, and whether we have answered, as they stand without the reply that is still held."""
    if held is None:
        return ticket.status, ticket.desk_spoke_at is not None
    is_its_doing = ticket.status == held.before["became"]
    return held.before["status"] if is_its_doing else ticket.status, held.before["desk_spoke_at"] is not None


def _locked_with_survivor(number: int) -> tuple[Ticket, Ticket | None]:
    """The ticket, and where it was merged the one that it lives on in."""
    into = Ticket.objects.values_list("merged_into", flat=True).get(pk=number)
    by_number = {ticket.pk: ticket for ticket in locked({number, into or number})}
    ticket = by_number[number]
    return ticket, by_number.get(ticket.merged_into_id) if ticket.merged_into_id else None


def _let_go(message: Message) -> None:
    count_sent(message)
    outbox.add("mail_reply", message.pk, key=f"mail_reply:{message.pk}")


def _put_back(ticket: Ticket, message: Message, by: Person) -> None:
    """Only what nobody has changed again since."""
    before = message.before
    if ticket.desk_spoke_at == message.created_at:
        ticket.desk_spoke_at = moment_of(before["desk_spoke_at"])
        ticket.save(update_fields=["desk_spoke_at"])
    if ticket.status != before["became"] or ticket.merged_into_id is not None:
        return
    if ticket.is_resolved:
        made = [before["outcome"]] if "outcome" in before else []
        ended = before.get("escalations", ())
        put_back_closing(ticket, outcomes=made, escalations=ended, charged=before["charged"])
    move_back(ticket, before, by=by)
