"""The line of a ticket whose customer was charged. It follows the evidence for as long as nothing is decided."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from tickets.models import Charge, ChargeLine, Ticket
from tickets.services import outbox

from .estimating import price_of
from .gathering import gather, restate

FIELDS = frozenset(
    {"charged", "amount", "request_id", "task_id", "model", "provider", "occurred_at", "account"}
)
OTHERWISE = "USD"  # customers write sums without naming the currency; the price list's goes first


def ask_for(ticket: Ticket) -> None:
    """Once for each state of the ticket's chain, however many values change at once."""
    outbox.add("charge_of_ticket", ticket, key=f"charge_of_ticket:{ticket.pk}:{ticket.chain_length}")


@transaction.atomic
def state_charge(number: int) -> None:
    """The job: what the ticket says of its charge now, as a line. Said before, the line is written anew."""
    ticket = Ticket.objects.select_related("account").get(pk=number)
    code = uuid5(NAMESPACE_URL, f"ticket:{number}")
    before = ChargeLine.objects.filter(code=code).select_related("charge").first()
    if before is not None:
        if before.charge is not None and not (before.charge.is_free or before.charge.state == "returned"):
            return
        before.delete()
        _leave(before.charge)
    if ticket.charged:
        _line_of(ticket, code=code).save(force_insert=True)
        gather()


def _line_of(ticket: Ticket, **more: object) -> ChargeLine:
    known = {name: row.value for name, row in ticket.current_evidence().items()}
    model = str(known.get("model") or "")
    amount = _amount(known.get("amount"))
    price = price_of(model) if model else None
    return ChargeLine(
        source=ChargeLine.Source.TICKET,
        at=_time(known.get("occurred_at")) or ticket.created_at,
        amount=amount,
        currency=(price.currency if price else OTHERWISE) if amount is not None else "",
        account=str(ticket.account or known.get("account") or "")[:200],
        provider=str(known.get("provider") or "")[:80],
        model=model[:160],
        fingerprint=ticket.fingerprint,
        cause=ticket.cause,
        request_id=str(known.get("request_id") or "")[:200],
        task_id=str(known.get("task_id") or "")[:200],
        ticket=ticket,
        **more,
    )


def _leave(charge: Charge | None) -> None:
    """A charge that nothing tells of any more is none."""
    if charge is None:
        return
    if charge.lines.exists():
        restate([charge])
    else:
        charge.delete()


def _amount(value: object) -> Decimal | None:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount.quantize(Decimal("0.000001")) if 0 <= amount < 10**9 else None


def _time(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
