"""Taking a macro back: each part as its single action is taken back, but for what somebody decided anew since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tickets.models import MacroRun, Person, Snooze, Tag, Ticket

from .assignment import assign
from .event import record
from .hold import recall
from .snooze import snooze, waits_for_incident
from .status import set_status
from .tag import set_tags
from .verdict import take_back

# Events that say: somebody decided this part anew.
DECIDED_ANEW: Mapping[str, tuple[str, ...]] = {
    "confirm": ("verdict_confirmed", "verdict_overruled", "verdict_taken_back"),
    "tags": (),
    "assign": ("assigned", "unassigned"),
    "status": ("status_set", "snoozed", "woken", "replied", "customer_wrote", "resolved", "reopened"),
}


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The parts that are as before, and those that are not: gone out, or decided anew since."""

    restored: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@transaction.atomic
def undo(run: MacroRun, *, by: Person) -> TakenBack:
    """Twice does nothing more. Notes and escalations stay: they have no way back alone either."""
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("assignee", "incident").get(
        pk=run.ticket_id
    )  # fmt: skip
    run = MacroRun.objects.select_for_update(of=("self",)).select_related("message").get(pk=run.pk)
    if run.undone_at is not None or ticket.merged_into_id is not None:
        return TakenBack()
    restored: list[str] = []
    kept: list[str] = []
    if run.message is not None:
        is_back = recall(run.message, by=by)
        (restored if is_back else kept).append("reply")
        ticket.refresh_from_db()
    since = set(ticket.events.filter(position__gt=run.position).values_list("kind", flat=True))
    for part, before in run.before.items():
        if since.intersection(DECIDED_ANEW[part]):
            kept.append(part)
        else:
            _PUT_BACK[part](ticket, before, by)
            restored.append(part)
    run.undone_at = timezone.now()
    run.save(update_fields=["undone_at"])
    record(ticket, "macro_undone", by=by, name=run.name, run=run.pk, restored=restored, kept=kept)
    return TakenBack(tuple(restored), tuple(kept))


def _put_back_verdict(ticket: Ticket, before: bool, by: Person) -> None:
    take_back(ticket, by=by)


def _put_back_tags(ticket: Ticket, before: Mapping[str, list[str]], by: Person) -> None:
    now = Tag.objects.filter(tickets=ticket).values_list("name", flat=True)
    set_tags(ticket, [name for name in now if name not in before["added"]] + before["removed"], by=by)


def _put_back_assignee(ticket: Ticket, before: int | None, by: Person) -> None:
    assign(ticket, to=None if before is None else Person.objects.filter(pk=before).first(), by=by)


def _put_back_status(ticket: Ticket, before: Mapping[str, Any], by: Person) -> None:
    if before["status"] != Ticket.Status.SNOOZED:
        return set_status(ticket, before["status"], by=by, resolved_at=_moment(before["resolved_at"]))
    if before["until"] == Snooze.Until.INCIDENT and not waits_for_incident(ticket):
        return set_status(ticket, Ticket.Status.OPEN, by=by)  # it would have been woken meanwhile
    snooze(ticket, by=by, until=before["until"], wakes_at=_moment(before["wakes_at"]))
    return None


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


_PUT_BACK: Mapping[str, Callable[[Ticket, Any, Person], None]] = {
    "confirm": _put_back_verdict,
    "tags": _put_back_tags,
    "assign": _put_back_assignee,
    "status": _put_back_status,
}
