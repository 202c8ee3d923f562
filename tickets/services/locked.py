"""Tickets locked in one order for everybody, so that two actions cannot wait for each other."""

from collections.abc import Iterable

from tickets.models import Ticket


def locked(numbers: Iterable[int]) -> list[Ticket]:
    """Within the caller's transaction, ordered by number."""
    rows = Ticket.objects.select_for_update(of=("self",)).filter(pk__in=list(numbers)).order_by("pk")
    return list(rows.select_related("customer", "account", "key", "assignee", "incident"))
