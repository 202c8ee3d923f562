"""The statuses of a ticket: which may follow which, and setting one by hand."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tickets.models import Person, Snooze, Ticket

from .clock import restate
from .event import record
from .success import count_settled

Status = Ticket.Status
# Closing asks for an outcome (`outcome.resolve`), putting aside for when to wake (`snooze.snooze`).
BY_HAND = (Status.OPEN, Status.WAITING)
TRANSITIONS: dict[str, frozenset[str]] = {
    Status.OPEN: frozenset({Status.WAITING, Status.SNOOZED, Status.RESOLVED}),
    Status.WAITING: frozenset({Status.OPEN, Status.SNOOZED, Status.RESOLVED}),
    Status.SNOOZED: frozenset({Status.OPEN, Status.WAITING, Status.RESOLVED}),
    Status.RESOLVED: frozenset({Status.OPEN, Status.WAITING}),
}


class Forbidden(ValueError):
    """The ticket cannot go from the status it has to the one asked for; as text a sentence for who asked."""

    def __init__(self, ticket: Ticket, status: str) -> None:
        super().__init__(ticket.pk, ticket.status, status)
        self.number, self.before, self.status = ticket.pk, ticket.status, status

    def __str__(self) -> str:
        return _("#%(number)d is %(before)s and cannot become %(status)s.") % {
            "number": self.number,
            "before": Status(self.before).label,
            "status": Status(self.status).label,
        }


def move(
    ticket: Ticket,
    status: str,
    *,
    resolved_at: datetime | None = None,
    woken_by: Snooze.Ended = Snooze.Ended.PERSON,
) -> str:
    """Change the status within the caller's transaction; answers the one before. Raises Forbidden.

    What the row says now counts, not what was read before: it is locked first. Leaving `snoozed` ends the
    snooze, for the reason `woken_by`. The caller records the event.
    """
    before = Ticket.objects.select_for_update().only("status", "resolved_at").get(pk=ticket.pk)
    ticket.status, ticket.resolved_at = before.status, before.resolved_at
    if status == before.status:
        return before.status
    if status not in TRANSITIONS[before.status]:
        raise Forbidden(ticket, status)
    if Status.RESOLVED in (status, before.status):
        count_settled(ticket, is_resolved=status == Status.RESOLVED)
    if before.status == Status.SNOOZED:
        ticket.snoozes.open().update(ended_at=timezone.now(), ended_because=woken_by)
    ticket.status = status
    ticket.resolved_at = (resolved_at or timezone.now()) if status == Status.RESOLVED else None
    ticket.save(update_fields=["status", "resolved_at"])
    return before.status


@transaction.atomic
def set_status(ticket: Ticket, status: str, *, by: Person, resolved_at: datetime | None = None) -> None:
    """`resolved_at` is only for putting back a resolved ticket that was opened by mistake."""
    before = move(ticket, status, resolved_at=resolved_at)
    if before != status:
        record(ticket, "status_set", by=by, status=status, before=before)
        restate(ticket)
