"""Closing a ticket with what it was, and opening it again."""

from django.db import transaction
from django.utils import timezone

from tickets.models import Outcome, Person, Ticket

from .charge import of_ticket
from .checks import HeldBack, objections_to
from .clock import restate
from .event import record
from .status import move

CHARGED: dict[str, bool] = {Outcome.Answer.YES: True, Outcome.Answer.NO: False}


@transaction.atomic
def resolve(
    ticket: Ticket, *, by: Person | str, cause: str, plain: str, charged: str, retried: str, result: str
) -> Outcome:
    """Close the ticket with its final cause in plain words, whether charged, whether retried, and the outcome. `by` is
    a person of the desk or the customer.

    The customer reads the plain words, so what must not be said is held back here too: raises HeldBack.
    """
    objections = objections_to(ticket, plain)
    if objections:
        raise HeldBack(objections)
    ticket.charged = CHARGED.get(charged, ticket.charged)
    outcome = Outcome.objects.create(
        ticket=ticket,
        by=by if isinstance(by, Person) else None,
        cause=cause,
        plain=plain,
        charged=charged,
        retried=retried,
        result=result,
    )
    ticket.save(update_fields=["charged"])
    if charged in CHARGED:
        of_ticket.ask_for(ticket)
    move(ticket, Ticket.Status.RESOLVED)
    ticket.escalations.filter(closed_at=None).update(closed_at=timezone.now())
    record(ticket, "resolved", by=by, cause=cause, charged=charged, retried=retried, result=result)
    restate(ticket)
    return outcome


@transaction.atomic
def reopen(ticket: Ticket, *, by: Person) -> None:
    """Open a resolved ticket again; its outcome stays in the record. An open one is left as it is."""
    if not ticket.is_resolved:
        return
    move(ticket, Ticket.Status.OPEN)
    record(ticket, "reopened", by=by)
    restate(ticket)
