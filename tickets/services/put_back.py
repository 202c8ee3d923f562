"""Parts of a ticket as they stood, put back: what taking back an action, a macro and a reply have in common."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tickets.models import Escalation, Outcome, Person, Snooze, Ticket

from .assignment import assign
from .charge import of_ticket
from .clock import restate
from .event import record
from .snooze import snooze, waits_for_incident
from .status import Status, move
from .verdict import take_back

# Events that say: somebody decided this part anew.
ASSIGNED = ("assigned", "unassigned")
JUDGED = ("verdict_confirmed", "verdict_overruled", "verdict_taken_back")
MOVED = (
    "status_set",
    "snoozed",
    "woken",
    "replied",
    "incident_update",
    "customer_wrote",
    "resolved",
    "reopened",
)


def put_back_assignee(ticket: Ticket, before: int | None, by: Person) -> None:
    assign(ticket, to=None if before is None else Person.objects.filter(pk=before).first(), by=by)


def put_back_verdict(ticket: Ticket, before: object, by: Person) -> None:
    """`before` is the number of the verdict by a person that stood there; anything else leads to the engine's."""
    word = ticket.verdicts.exclude(by=None).filter(pk=before).first() if type(before) is int else None
    take_back(ticket, by=by, to=word)


def status_before(ticket: Ticket) -> dict[str, str | None]:
    """What `put_back_status` asks for: "status", "resolved_at", and of a snooze "until" and "wakes_at"; moments as ISO
    text.
    """
    asleep = ticket.snoozes.open().first() if ticket.status == Status.SNOOZED else None
    return {
        "status": ticket.status,
        "resolved_at": written(ticket.resolved_at),
        "until": asleep.until if asleep else None,
        "wakes_at": written(asleep.wakes_at) if asleep else None,
    }


def put_back_status(ticket: Ticket, before: Mapping[str, Any], by: Person) -> None:
    """With an event that says so; `before` is as in `status_before`."""
    status = ticket.status
    move_back(ticket, before, by=by)
    if ticket.status not in (status, Status.SNOOZED):
        record(ticket, "status_set", by=by, status=ticket.status, before=status)
        restate(ticket)


def move_back(ticket: Ticket, before: Mapping[str, Any], *, by: Person) -> None:
    """Without an event, but for a snooze, which has its own. The caller restates the clocks."""
    if before["status"] != Status.SNOOZED:
        move(ticket, before["status"], resolved_at=moment_of(before["resolved_at"]))
    elif before["until"] == Snooze.Until.INCIDENT and not waits_for_incident(ticket):
        move(ticket, Status.OPEN)  # it would have been woken meanwhile
    else:
        move(ticket, Status.OPEN)  # from where it can be put aside, whatever it is now
        snooze(ticket, by=by, until=before["until"], wakes_at=moment_of(before["wakes_at"]))


def put_back_closing(
    ticket: Ticket, *, outcomes: Iterable[int], escalations: Iterable[int], charged: bool | None
) -> None:
    """Without the outcomes that closing made; the escalations it ended are open, what it said of money is unsaid. The
    status is put back besides.
    """
    Outcome.objects.filter(pk__in=outcomes).delete()
    Escalation.objects.filter(pk__in=escalations).update(closed_at=None)
    ticket.charged = charged
    ticket.save(update_fields=["charged"])
    of_ticket.ask_for(ticket)


def written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def moment_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
