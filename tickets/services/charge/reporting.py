"""Lines of charges as an operator's billing reports them, each known by the sender's own number of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils import translation

from tickets.models import ApiToken, AuditEntry, ChargeLine
from tickets.services.audit import note
from tickets.services.failure.reading import BadRow

from .bringing import stored_codes
from .gathering import AT_ONCE, gather
from .matching import Matching
from .reading import BadRecord, read_record


@dataclass(slots=True)
class Reported:
    """What became of a batch. `unknown` are indexes, `rejected` (index, sentence)."""

    accepted: int = 0
    duplicates: int = 0
    unknown: list[int] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def report(rows: Sequence[object], *, token: ApiToken) -> Reported:
    """A line counts once, however often it is sent. One whose request nobody here knows as failed is kept only where
    the sender says that it failed: billing tells of all requests.
    """
    reported = Reported()
    lines: dict[UUID, tuple[int, ChargeLine, bool]] = {}
    for index, row in enumerate(rows):
        try:
            line, has_failed = _read(row, token)
        except (BadRow, BadRecord) as problem:
            reported.rejected.append((index, str(problem)))
            continue
        if line.code in lines:
            reported.duplicates += 1
        else:
            lines[line.code] = (index, line, has_failed)
    known = stored_codes([line for _, line, _ in lines.values()])
    reported.duplicates += len(known)
    fresh = [each for code, each in lines.items() if code not in known]
    matching = Matching([line for _, line, _ in fresh])
    taken = []
    for index, line, has_failed in fresh:
        if has_failed or matching.charge_of(line) is not None:
            taken.append(line)
        else:
            reported.unknown.append(index)
    _keep(taken, token)
    reported.accepted = len(taken)
    return reported


def _keep(lines: Sequence[ChargeLine], token: ApiToken) -> None:
    if not lines:
        return
    ChargeLine.objects.bulk_create(lines, ignore_conflicts=True, batch_size=AT_ONCE)
    while gather() == AT_ONCE:
        pass
    note(
        AuditEntry.Kind.COMPENSATION,
        by=f"token {token}",
        about="charge lines reported",
        after={"lines": len(lines)},
    )


def _read(row: object, token: ApiToken) -> tuple[ChargeLine, bool]:
    if isinstance(row, BadRow):
        raise row
    if not isinstance(row, Mapping):
        raise BadRecord("A line is a JSON object.")
    given: dict[str, Any] = {str(name).lower(): value for name, value in row.items()}
    with translation.override("en"):
        line = read_record(given)
    line.source = ChargeLine.Source.BILLING
    if number := str(given.get("id") or ""):
        line.code = uuid5(NAMESPACE_URL, f"charge line\0token {token.pk}\0{number}")
    return line, given.get("failed") is True
