"""Parts of a ticket as they stood, put back: what taking back an action, a macro and a reply have in common."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tickets.models import Escalation, Outcome, Person, Snooze, Ticket

from .assignment import assign
from .charge import of_ticket
from .snooze import snooze, waits_for_incident
from .status import set_status
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


def put_back_status(ticket: Ticket, before: Mapping[str, Any], by: Person) -> None:
    """`before` holds "status", "resolved_at", and of a snooze "until" and "wakes_at"; moments as ISO text or None."""
    if before["status"] != Ticket.Status.SNOOZED:
        return set_status(ticket, before["status"], by=by, resolved_at=_moment(before["resolved_at"]))
    if before["until"] == Snooze.Until.INCIDENT and not waits_for_incident(ticket):
        return set_status(ticket, Ticket.Status.OPEN, by=by)  # it would have been woken meanwhile
    snooze(ticket, by=by, until=before["until"], wakes_at=_moment(before["wakes_at"]))
    return None


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


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
