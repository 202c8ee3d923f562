"""One action on several tickets at once, and taking it back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tickets.models import BulkChange, Person, Snooze, Ticket

from .assignment import assign
from .snooze import snooze, waits_for_incident
from .status import set_status
from .verdict import confirm, take_back

Action = BulkChange.Action
# Events that say: somebody decided anew since.
DECIDED_ANEW = {
    Action.ASSIGN: ("assigned", "unassigned"),
    Action.STATUS: ("status_set", "snoozed", "woken", "replied", "customer_wrote", "resolved", "reopened"),
    Action.CONFIRM: ("verdict_confirmed", "verdict_overruled", "verdict_taken_back"),
}


@dataclass(frozen=True, slots=True)
class Undone:
    """How many tickets are as before; `kept` are the numbers of those that somebody changed since."""

    restored: int
    kept: tuple[int, ...]


def assign_all(tickets: Iterable[Ticket], *, to: Person | None, by: Person) -> BulkChange:
    return _change_all(
        tickets,
        Action.ASSIGN,
        by,
        lambda ticket: ticket.assignee_id,
        lambda ticket: assign(ticket, to=to, by=by),
    )


def set_status_of_all(tickets: Iterable[Ticket], *, status: str, by: Person) -> BulkChange:
    return _change_all(
        tickets, Action.STATUS, by, _status_of, lambda ticket: set_status(ticket, status, by=by)
    )


def confirm_all(tickets: Iterable[Ticket], *, by: Person) -> BulkChange:
    """Verdicts that a person gave already stay as they are."""
    return _change_all(tickets, Action.CONFIRM, by, lambda ticket: None, lambda ticket: _confirm(ticket, by))


@transaction.atomic
def undo(change: BulkChange, *, by: Person) -> Undone:
    """Put back what the action changed, but for tickets that somebody changed since. Twice does nothing more."""
    change = BulkChange.objects.select_for_update().get(pk=change.pk)
    if change.undone_at is not None:
        return Undone(0, ())
    entries = {entry["ticket"]: entry for entry in change.changes}
    restored, kept = 0, []
    for ticket in _held(entries):
        entry = entries[ticket.number]
        if _was_decided_anew(ticket, change.action, entry["position"]):
            kept.append(ticket.number)
            continue
        _PUT_BACK[Action(change.action)](ticket, entry["before"], by)
        restored += 1
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    return Undone(restored, tuple(kept))


@transaction.atomic
def _change_all(
    tickets: Iterable[Ticket],
    action: BulkChange.Action,
    by: Person,
    state: Callable[[Ticket], Any],
    change: Callable[[Ticket], object],
) -> BulkChange:
    changes = []
    for ticket in _held(ticket.pk for ticket in tickets):
        before, length = state(ticket), ticket.chain_length
        change(ticket)
        if ticket.chain_length != length:
            changes.append({"ticket": ticket.number, "position": ticket.chain_length, "before": before})
    return BulkChange.objects.create(action=action, by=by, changes=changes)


def _held(numbers: Iterable[int]) -> list[Ticket]:
    """The tickets, locked in one order for everybody, so that two bulk actions cannot wait for each other."""
    held = Ticket.objects.select_for_update(of=("self",)).filter(pk__in=list(numbers)).order_by("pk")
    return list(held.select_related("customer", "account", "key", "assignee"))


def _was_decided_anew(ticket: Ticket, action: str, position: int) -> bool:
    return ticket.events.filter(position__gt=position, kind__in=DECIDED_ANEW[Action(action)]).exists()


def _confirm(ticket: Ticket, by: Person) -> None:
    if not ticket.verdict_by_person and ticket.current_verdict() is not None:
        confirm(ticket, by=by)


def _status_of(ticket: Ticket) -> dict[str, str | None]:
    closed = ticket.resolved_at
    asleep = ticket.snoozes.open().first()
    wakes_at = asleep.wakes_at if asleep else None
    return {
        "status": ticket.status,
        "resolved_at": closed.isoformat() if closed else None,
        "until": asleep.until if asleep else None,
        "wakes_at": wakes_at.isoformat() if wakes_at else None,
    }


def _put_back_assignee(ticket: Ticket, before: int | None, by: Person) -> None:
    assign(ticket, to=None if before is None else Person.objects.filter(pk=before).first(), by=by)


def _put_back_status(ticket: Ticket, before: dict[str, str | None], by: Person) -> None:
    if before["status"] == Ticket.Status.SNOOZED:
        if before["until"] == Snooze.Until.INCIDENT and not waits_for_incident(ticket):
            return set_status(ticket, Ticket.Status.OPEN, by=by)  # it would have been woken meanwhile
        snooze(ticket, by=by, until=str(before["until"]), wakes_at=_moment(before["wakes_at"]))
    else:
        set_status(ticket, str(before["status"]), by=by, resolved_at=_moment(before["resolved_at"]))
    return None


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _put_back_verdict(ticket: Ticket, before: None, by: Person) -> None:
    take_back(ticket, by=by)


_PUT_BACK: dict[BulkChange.Action, Callable[[Ticket, Any, Person], None]] = {
    Action.ASSIGN: _put_back_assignee,
    Action.STATUS: _put_back_status,
    Action.CONFIRM: _put_back_verdict,
}
