"""Saying by hand whom a ticket waits for."""

from datetime import datetime

from django.db import transaction

from tickets.models import Person, Ticket

from .event import record

BY_HAND = (Ticket.Status.OPEN, Ticket.Status.WAITING)  # resolving asks for an outcome: see `outcome.resolve`


@transaction.atomic
def set_status(ticket: Ticket, status: str, *, by: Person, resolved_at: datetime | None = None) -> None:
    """`resolved_at` is only for putting back a resolved ticket that was opened by mistake."""
    if ticket.status == status:
        return
    before = ticket.status
    ticket.status, ticket.resolved_at = status, resolved_at
    ticket.save(update_fields=["status", "resolved_at"])
    record(ticket, "status_set", by=by, status=status, before=before)
