"""Lines that wait are put to the charge that they are of, and its sums are made anew."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from tickets.models import Charge, ChargeLine
from tickets.services import outbox
from tickets.services.rule.set import active_rules
from triage.engine.rule import RuleSet

from .causes import UNKNOWN, cause_of
from .estimating import estimate_of
from .matching import Matching
from .of_failures import is_any_told, write_told
from .summing import sums_of

AT_ONCE = 500
GATHERERS = 7_204_311  # names the lock that lets one gather at a time
SUMS = (
    "occurred_at", "account", "provider", "model", "cause", "request_id", "task_id", "ticket", "reserved", "settled",
    "refunded", "due", "is_estimate", "currency", "reports",
)  # fmt: skip


def ask_when_waiting() -> None:
    """Ask for the gathering where a line waits, once a minute whoever asks."""
    if is_any_told() or ChargeLine.objects.filter(charge=None).exists():
        outbox.add("gather_charges", key=f"gather_charges:{timezone.now():%Y-%m-%dT%H:%M}")


def gather_waiting() -> None:
    """The job: some at a time, and another job for the rest."""
    if gather() == AT_ONCE or is_any_told():
        outbox.add("gather_charges")


@transaction.atomic
def gather() -> int:
    """How many lines found their charge."""
    _one_at_a_time()
    write_told(AT_ONCE)
    waiting = list(ChargeLine.objects.filter(charge=None).order_by("at", "pk")[:AT_ONCE])
    if not waiting:
        return 0
    matching = Matching(waiting)
    touched: dict[str, Charge] = {}
    lines: dict[str, list[ChargeLine]] = defaultdict(list)
    for line in waiting:
        charge = matching.charge_of(line) or Charge(key=_key_of(line), occurred_at=line.at)
        matching.add(line, charge)
        _take_ids(charge, line)
        touched[charge.key] = charge
        lines[charge.key].append(line)
    Charge.objects.bulk_create([charge for charge in touched.values() if charge.pk is None])
    for key, charge in touched.items():
        for line in lines[key]:
            line.charge = charge
    ChargeLine.objects.bulk_update(waiting, ["charge"], batch_size=AT_ONCE)
    restate(touched.values())
    return len(waiting)


@transaction.atomic
def estimate_anew(after: int = 0) -> None:
    """The job when prices have changed: what was estimated, or could not be, and is not decided yet."""
    unknown = Charge.objects.free().filter(Q(due=None) | Q(is_estimate=True), pk__gt=after)
    some = list(unknown.order_by("pk")[:AT_ONCE])
    restate(some)
    if len(some) == AT_ONCE:
        outbox.add("estimate_charges", some[-1].pk)


def restate(charges: Iterable[Charge]) -> None:
    """Make the sums of these anew from all their lines."""
    charges = list(charges)
    prefetch_related_objects(
        charges, Prefetch("lines", ChargeLine.objects.order_by("at", "pk"), to_attr="told")
    )
    rules = active_rules()
    for charge in charges:
        _sum_up(charge, charge.told, rules)  # type: ignore[attr-defined]  # prefetched above
    Charge.objects.bulk_update(charges, SUMS, batch_size=100)
    # What is proposed or decided stays so. Only what nobody has decided follows the money.
    numbers = [charge.pk for charge in charges]
    nothing = [charge.pk for charge in charges if charge.due == 0]
    states = Charge.State
    Charge.objects.filter(pk__in=nothing, state=states.OPEN).update(state=states.RETURNED)
    owing = Charge.objects.filter(pk__in=set(numbers) - set(nothing), state=states.RETURNED)
    owing.update(state=states.OPEN)


def _sum_up(charge: Charge, lines: list[ChargeLine], rules: RuleSet) -> None:
    sums = sums_of(lines)
    charge.reserved, charge.settled, charge.refunded = sums.reserved, sums.settled, sums.refunded
    charge.due, charge.currency, charge.is_estimate = sums.due, sums.currency, False
    charge.reports = len(lines)
    charge.occurred_at = min(line.at for line in lines)
    for field in ("account", "provider", "model", "request_id", "task_id"):
        setattr(charge, field, next((told for line in lines if (told := getattr(line, field))), ""))
    charge.ticket_id = next((line.ticket_id for line in lines if line.ticket_id), None)
    charge.cause = _cause(lines, rules)
    if charge.due is None:
        estimate = estimate_of(charge.model, lines)
        charge.due, charge.is_estimate = estimate.amount, estimate.amount is not None
        charge.currency = estimate.currency or charge.currency


def _cause(lines: list[ChargeLine], rules: RuleSet) -> str:
    """The ticket's word first, since a person may stand behind it."""
    told = sorted((line for line in lines if line.cause), key=lambda line: line.ticket_id is None)
    known = [line.cause for line in told if line.cause != UNKNOWN]
    judged = (cause_of(line.failure_kind, rules) for line in lines if line.failure_kind is not None)
    return next(iter(known), "") or next((cause for cause in judged if cause != UNKNOWN), UNKNOWN)


def _key_of(line: ChargeLine) -> str:
    if line.task_id:
        return f"task:{line.task_id}"
    return f"request:{line.request_id}" if line.request_id else f"line:{line.code.hex}"


def _take_ids(charge: Charge, line: ChargeLine) -> None:
    charge.request_id = charge.request_id or line.request_id
    charge.task_id = charge.task_id or line.task_id


def _one_at_a_time() -> None:
    """Two at once might each make a charge of the same request. SQLite lets one write at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GATHERERS])
