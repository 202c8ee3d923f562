"""Tickets that show the same error."""

from tickets.models import Ticket


def similar_to(ticket: Ticket, *, limit: int = 5) -> list[Ticket]:
    """Other tickets with the same normalised error, the newest first."""
    if not ticket.fingerprint:
        return []
    others = Ticket.objects.filter(fingerprint=ticket.fingerprint).exclude(pk=ticket.pk)
    return list(others.order_by("-created_at")[:limit])
