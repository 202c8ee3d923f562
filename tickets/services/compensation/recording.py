"""What happens to a compensation stands in the audit, and on the chain of every ticket that it is about."""

from tickets.models import AuditEntry, Compensation, Person, Ticket
from tickets.services.audit import note
from tickets.services.event import record


def tell(compensation: Compensation, what: str, *, by: Person, **more: object) -> None:
    """`what` is the end of the event's kind: proposed, approved, declined, credited, withdrawn."""
    data = {
        "compensation": compensation.pk,
        "amount": f"{compensation.amount.normalize():f}",
        "currency": compensation.currency,
        **more,
    }
    for ticket in tickets_of(compensation):
        record(ticket, f"compensation_{what}", by=by, **data)
    note(AuditEntry.Kind.COMPENSATION, by=by, about=f"compensation {compensation.pk} {what}", after=data)


def tickets_of(compensation: Compensation) -> list[Ticket]:
    """Its own and those of its charges, in the order of their numbers, so that two at once never wait in a ring."""
    named = [compensation.ticket_id, *compensation.charges.values_list("ticket", flat=True)]
    numbers = {number for number in named if number is not None}
    return list(Ticket.objects.filter(pk__in=numbers).order_by("pk"))
