"""Lines of what gateways reported as charged: noted with the batch that tells it, written at the next gathering."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Max, Min

from tickets.models import ChargeLine, Failure, ToldCharge
from tickets.services.failure.writing import Line, copy_in

AT_ONCE = 500


def note_charges(lines: Iterable[Line]) -> None:
    """One statement where anything was charged, none else. The lines are fresh: none was noted before."""
    told = [line for line in lines if line.charged or (line.charged is None and line.amount)]
    if not told:
        return
    if connection.vendor != "postgresql":
        notes = [ToldCharge(code=line.code, occurred_at=line.occurred_at) for line in told]
        ToldCharge.objects.bulk_create(notes, batch_size=AT_ONCE)
        return
    copy_in("tickets_toldcharge", ("code", "occurred_at"), [(line.code, line.occurred_at) for line in told])


def is_any_told() -> bool:
    return ToldCharge.objects.exists()


def write_told(most: int) -> None:
    """Make lines of what was noted. Five statements, in the transaction of whoever gathers."""
    codes = list(ToldCharge.objects.order_by("code", "occurred_at").values_list("code", flat=True)[:most])
    if not codes:
        return
    noted = ToldCharge.objects.filter(code__in=codes)
    times = noted.aggregate(first=Min("occurred_at"), last=Max("occurred_at"))
    failures = Failure.objects.filter(
        code__in=codes, occurred_at__gte=times["first"], occurred_at__lte=times["last"]
    )
    _write(list(failures.select_related("kind")))
    noted.delete()


def _write(failures: Sequence[Failure]) -> None:
    ChargeLine.objects.bulk_create(
        [_line_of(failure) for failure in failures], ignore_conflicts=True, batch_size=AT_ONCE
    )


def _line_of(failure: Failure) -> ChargeLine:
    return ChargeLine(
        code=failure.code,
        source=ChargeLine.Source.FAILURE,
        at=failure.occurred_at,
        amount=failure.amount,
        currency=failure.currency.upper(),
        account=failure.account,
        provider=failure.kind.provider,
        model=failure.kind.model,
        fingerprint=failure.kind.fingerprint,
        failure_kind=failure.kind.pk,
        request_id=failure.request_id,
        task_id=failure.task_id,
    )
