"""What the desk itself knows beside the text: key and account, charge, and who else fails alike just now."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from tickets.models import Ticket

from .gateway_model import offered_context

WINDOW = timedelta(minutes=60)


def context_of(ticket: Ticket) -> dict[str, Any]:
    """The `context` object of the engine for this ticket; parts that nothing is known of are left out."""
    context: dict[str, Any] = offered_context()
    if ticket.account is not None and ticket.account.group:
        context["account"] = {"group": ticket.account.group}
    if ticket.key is not None:
        context["key"] = {"state": ticket.key.state, "group": ticket.key.group}
    if ticket.charged is not None:
        context["charged"] = ticket.charged
    alike = failing_alike(ticket)
    if alike:
        context["failing_alike"] = alike
    return context


def failing_alike(ticket: Ticket) -> dict[str, int]:
    """Tickets of the last hour with the same error fingerprint, and how many other customers sent them."""
    if not ticket.fingerprint:
        return {}
    alike = Ticket.objects.filter(fingerprint=ticket.fingerprint, created_at__gte=timezone.now() - WINDOW)
    counted = alike.aggregate(
        others=Count("customer", distinct=True, filter=~Q(customer=ticket.customer_id)), tickets=Count("pk")
    )
    if counted["tickets"] < 2:
        return {}  # nobody else wrote to the desk; that does not say that others get through
    return {
        "accounts": counted["others"],
        "failures": counted["tickets"],
        "minutes": int(WINDOW.total_seconds() // 60),
    }
