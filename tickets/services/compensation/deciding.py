"""Over somebody else's proposal: approved, declined, and at last credited outside. Of two at once, one decides."""

from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from tickets.models import Charge, Compensation, Message, Person
from tickets.services.family import held_survivor_of
from tickets.services.message import send_reply

from .proposing import Closed
from .recording import tell

State = Compensation.State
PLACES = Decimal("0.000001")


@transaction.atomic
def approve(compensation: Compensation, *, by: Person) -> None:
    """Raises Closed where it waits no more, or is the own one."""
    waiting = Compensation.objects.waiting_for(by).filter(pk=compensation.pk)
    if not waiting.update(state=State.APPROVED, approved_by=by, approved_at=timezone.now()):
        raise Closed
    tell(compensation, "approved", by=by)


@transaction.atomic
def decline(
    compensation: Compensation, *, by: Person, because: str, wording: str = "", sure: Collection[str] = ()
) -> None:
    """With the reason for the desk, and the words for the customer where it is about a ticket. Raises HeldBack where
    they must not go out, with nothing changed; `sure` are codes of doubts that the sender has read.
    """
    waiting = Compensation.objects.waiting_for(by).filter(pk=compensation.pk)
    if not waiting.update(state=State.DECLINED, because=because, closed_by=by, closed_at=timezone.now()):
        raise Closed
    compensation.charges.update(state=Charge.State.DECLINED)
    tell(compensation, "declined", by=by, because=because)
    _write(compensation, wording.replace("{because}", because), by=by, sure=sure)


@transaction.atomic
def credit(
    compensation: Compensation, *, by: Person, reference: str, wording: str = "", sure: Collection[str] = ()
) -> None:
    """The money went back outside, under this reference. Raises HeldBack as `decline`."""
    approved = Compensation.objects.filter(pk=compensation.pk, state=State.APPROVED)
    if not approved.update(state=State.CREDITED, reference=reference, closed_by=by, closed_at=timezone.now()):
        raise Closed
    _share_out(compensation)
    tell(compensation, "credited", by=by, reference=reference)
    _write(compensation, wording.replace("{reference}", reference), by=by, sure=sure)


def _share_out(compensation: Compensation) -> None:
    """Each charge gets its part of the sum, by what is due; the last one what rounding left."""
    charges = list(compensation.charges.order_by("pk"))
    owed = sum((charge.owed for charge in charges), Decimal(0))
    left = compensation.amount
    for charge in charges:
        part = charge.owed / owed if owed else Decimal(1) / len(charges)
        charge.credited = (compensation.amount * part).quantize(PLACES)
        charge.state = Charge.State.CREDITED
        left -= charge.credited
    if charges:
        charges[-1].credited = (charges[-1].credited or Decimal(0)) + left
    Charge.objects.bulk_update(charges, ["credited", "state"], batch_size=200)


def _write(compensation: Compensation, wording: str, *, by: Person, sure: Collection[str]) -> Message | None:
    if compensation.ticket is None or not wording.strip():
        return None
    ticket = held_survivor_of(compensation.ticket)
    return send_reply(ticket, by=by, body=wording, status=ticket.status, sure=sure)
