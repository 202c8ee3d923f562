"""Ways to send a reply: keep the ticket, wait for the customer, close it, or put it aside. One transaction each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tickets.models import CannedReply, Message, Person, Ticket

from . import draft
from .answered_elsewhere import answered_elsewhere
from .message import add_note, send_reply
from .outcome import resolve
from .snooze import snooze
from .status import Status


@dataclass(frozen=True, slots=True)
class Aside:
    """Until when a ticket is put aside; `wakes_at` goes with a time only."""

    until: str
    wakes_at: datetime | None = None


@transaction.atomic
def send(
    ticket: Ticket,
    *,
    by: Person,
    body: str,
    canned_reply: CannedReply | None = None,
    then: str = Status.WAITING,
    outcome: Mapping[str, str] | None = None,
    aside: Aside | None = None,
    sure: Collection[str] = (),
    seen: int | None = None,
    shown_to: str = "",
    with_files: bool = False,
) -> Message:
    """Send what the composer holds, which is no draft any more, and do `then`.

    Resolving needs an outcome, snoozing an `aside`. Raises HeldBack, also where a suspected duplicate was answered
    and the sender is not `sure`, ChangedMeanwhile, OtherReaders or NothingToWaitFor, with nothing done. What comes
    twice within moments is sent once, and nothing more is done for it.
    """
    # Locked first: of two clicks, the second sees what the first one sent.
    Ticket.objects.select_for_update().only("pk").get(pk=ticket.pk)
    before = ticket.messages.aggregate(last=Max("pk"))["last"] or 0
    status = then if then in (Status.OPEN, Status.WAITING) else Status.WAITING
    message = send_reply(
        ticket,
        by=by,
        body=body,
        canned_reply=canned_reply,
        status=status,
        sure=sure,
        doubts=answered_elsewhere(ticket, reader=by),
        seen=seen,
        shown_to=shown_to,
        with_files=with_files,
    )
    draft.drop(ticket, by=by, kind=Message.Kind.REPLY)
    if message.pk <= before:
        return message
    if then == Status.RESOLVED and outcome is not None:
        _close(ticket, message, by=by, outcome=outcome)
    elif then == Status.SNOOZED and aside is not None:
        snooze(ticket, by=by, until=aside.until, wakes_at=aside.wakes_at)
        message.before["became"] = Status.SNOOZED
        message.save(update_fields=["before"])
    return message


@transaction.atomic
def note(ticket: Ticket, *, by: Person, body: str) -> Message:
    """Add what the composer holds as a note."""
    draft.drop(ticket, by=by, kind=Message.Kind.NOTE)
    return add_note(ticket, by=by, body=body, with_files=True)


def _close(ticket: Ticket, message: Message, *, by: Person, outcome: Mapping[str, str]) -> None:
    open_escalations = list(ticket.escalations.filter(closed_at=None).values_list("pk", flat=True))
    made = resolve(ticket, by=by, **outcome)
    message.before |= {"became": Status.RESOLVED, "outcome": made.pk, "escalations": open_escalations}
    message.save(update_fields=["before"])
