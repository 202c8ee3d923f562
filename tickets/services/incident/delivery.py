"""Bringing an update into one ticket's thread: message, event and mark in one transaction, so exactly once."""

from collections.abc import Sequence

import structlog
from django.db import transaction
from django.utils import timezone

from tickets.models import Delivery, IncidentUpdate, Message, Ticket

from ..clock import restate
from ..event import ENGINE, record
from ..family import readers_of
from ..hold import hold
from ..outbox import PASSING
from ..redaction import make_safe
from ..search.index import index
from ..snooze import Ended
from ..status import move

log = structlog.get_logger(__name__)
State = Delivery.State


def deliver_update(update_id: int, deliveries: Sequence[int]) -> None:
    """A job's piece of the work. What fails on one ticket is written down there and keeps nobody else waiting."""
    waiting = Delivery.objects.waiting().filter(update=update_id, pk__in=deliveries).order_by("ticket")
    for delivery in waiting.select_related("update__incident", "update__by"):
        try:
            with transaction.atomic():
                deliver(delivery)
        except PASSING:
            raise
        except Exception as problem:
            log.exception("update_not_delivered", update=update_id, ticket=delivery.ticket_id)
            said = make_safe(f"{type(problem).__name__}: {problem}").text[:2000]
            Delivery.objects.filter(pk=delivery.pk).update(state=State.FAILED, error=said)


@transaction.atomic
def deliver(delivery: Delivery) -> None:
    """Within the caller's transaction. A ticket that is closed, merged or of another incident by now is left out."""
    update = delivery.update
    ticket = (
        Ticket.objects.select_for_update(of=("self",)).select_related("customer").get(pk=delivery.ticket_id)
    )
    text = update.texts.get(ticket.language, "")
    is_affected = ticket.incident_id == update.incident_id and ticket.merged_into_id is None
    if ticket.is_resolved or not is_affected or not text:
        delivery.state = State.LEFT_OUT
    else:
        delivery.message, delivery.state = _say(ticket, update, text), State.SENT
    delivery.save(update_fields=["message", "state"])


@transaction.atomic
def deliver_to_joiner(ticket: Ticket, update: IncidentUpdate) -> None:
    """The update that stood when the ticket joined. Twice it comes once."""
    delivery, is_new = Delivery.objects.get_or_create(update=update, ticket=ticket)
    if is_new:
        deliver(delivery)
        ticket.refresh_from_db()


def _say(ticket: Ticket, update: IncidentUpdate, text: str) -> Message:
    message = Message.objects.create(
        ticket=ticket,
        kind=Message.Kind.REPLY,
        author=update.by,
        body=text,
        language=ticket.language,
        source=Ticket.Source.AGENT,
        recipients=[reader.email for reader in readers_of(ticket) if reader.email],
        created_at=timezone.now(),
    )
    ticket.desk_spoke_at = message.created_at
    ticket.save(update_fields=["desk_spoke_at"])
    if update.asks:
        move(ticket, Ticket.Status.WAITING, woken_by=Ended.INCIDENT)
    record(
        ticket,
        "incident_update",
        by=update.by or ENGINE,
        message=message.pk,
        incident=update.incident_id,
        title=update.incident.title,
        state=update.state,
    )
    restate(ticket)
    hold(message, seconds=0)
    index(ticket)
    return message
