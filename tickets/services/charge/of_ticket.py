"""The line of a ticket whose customer was charged. It follows the evidence for as long as nothing is decided."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q

from tickets.models import Charge, ChargeLine, Ticket
from tickets.services import outbox

from .estimating import price_of
from .gathering import gather, restate

FIELDS = frozenset(
    {"charged", "amount", "request_id", "task_id", "model", "provider", "occurred_at", "account"}
)
UNDECIDED = (Charge.State.OPEN, Charge.State.DECLINED, Charge.State.RETURNED)
OTHERWISE = "USD"  # customers write sums without naming the currency; the price list's goes first


def ask_for(ticket: Ticket) -> None:
    """Once for each state of the ticket's chain, however many values change at once."""
    outbox.add("charge_of_ticket", ticket, key=f"charge_of_ticket:{ticket.pk}:{ticket.chain_length}")


@transaction.atomic
def state_charge(number: int) -> None:
    """The job: what the ticket says of its charge now, as a line. Said before, that line says it anew."""
    ticket = Ticket.objects.select_related("account").get(pk=number)
    line = ChargeLine.objects.filter(code=_code_of(number)).select_related("charge").first()
    if line is None:
        if ticket.charged:
            _told_by(ticket, ChargeLine(code=_code_of(number))).save(force_insert=True)
            gather()
        return
    charge = line.charge
    if charge is not None and charge.state not in UNDECIDED:
        return
    if not ticket.charged:
        line.delete()
        _leave(charge)
        return
    _told_by(ticket, line)
    if _is_of_another(line):
        line.charge = None
    line.save()
    if line.charge is None:
        _leave(charge)
        gather()
    elif charge is not None:
        restate([charge])


def _is_of_another(line: ChargeLine) -> bool:
    """What became known of it names a request that another charge is about."""
    same = Q(request_id=line.request_id) & ~Q(request_id="") | Q(task_id=line.task_id) & ~Q(task_id="")
    return ChargeLine.objects.filter(same, charge__isnull=False).exclude(charge=line.charge_id).exists()


def _told_by(ticket: Ticket, line: ChargeLine) -> ChargeLine:
    known = {name: row.value for name, row in ticket.current_evidence().items()}

    def text(field: str, most: int) -> str:
        return str(known.get(field) or "")[:most]

    line.ticket, line.source = ticket, ChargeLine.Source.TICKET
    line.at = _time(known.get("occurred_at")) or ticket.created_at
    line.model, line.provider = text("model", 160), text("provider", 80)
    line.request_id, line.task_id = text("request_id", 200), text("task_id", 200)
    line.account = str(ticket.account or "")[:200] or text("account", 200)
    line.fingerprint, line.cause = ticket.fingerprint, ticket.cause
    line.amount = _amount(known.get("amount"))
    price = price_of(line.model) if line.model else None
    line.currency = "" if line.amount is None else price.currency if price else OTHERWISE
    return line


def _code_of(number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"ticket:{number}")


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
    if not 1971 <= moment.year < 9000:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
