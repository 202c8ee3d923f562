"""Who works on a ticket."""

from django.db import transaction

from tickets.models import Person, Ticket

from .event import record


@transaction.atomic
def assign(ticket: Ticket, *, to: Person | None, by: Person) -> None:
    """Give the ticket to a person, or to nobody. Given to the same person again, nothing happens."""
    if ticket.assignee == to:
        return
    ticket.assignee = to
    ticket.save(update_fields=["assignee"])
    record(ticket, "assigned" if to else "unassigned", by=by, to=to and to.pk, name=str(to) if to else "")
