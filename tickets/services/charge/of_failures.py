"""Lines of what a gateway reported as charged, with the batch that tells it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from tickets.models import ChargeLine
from tickets.services.failure.kinds import KindOf
from tickets.services.failure.writing import Line

AT_ONCE = 500


def add_charges(lines: Iterable[Line], kinds: Mapping[int, KindOf]) -> None:
    """One statement where anything was charged, none else. A row that comes again adds nothing."""
    charged = [line for line in lines if _is_charged(line)]
    if not charged:
        return
    ChargeLine.objects.bulk_create(
        [_charge_line(line, kinds[line.kind]) for line in charged], ignore_conflicts=True, batch_size=AT_ONCE
    )


def _is_charged(line: Line) -> bool:
    return bool(line.charged) or (line.charged is None and bool(line.amount))


def _charge_line(line: Line, kind: KindOf) -> ChargeLine:
    return ChargeLine(
        code=UUID(hex=line.code),
        source=ChargeLine.Source.FAILURE,
        at=line.occurred_at,
        amount=line.amount,
        currency=line.currency.upper(),
        account=line.account,
        provider=kind.provider,
        model=kind.model,
        fingerprint=kind.fingerprint,
        failure_kind=line.kind,
        request_id=line.request_id,
        task_id=line.task_id,
    )
