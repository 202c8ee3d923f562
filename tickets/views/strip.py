"""The evidence strip: one cell for each fact that support needs, known or missing, with where it was read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tickets.models import EvidenceValue, Message, Ticket, Verdict
from tickets.services.compiled import Compiled, at_hand
from tickets.services.missing import ORDER, applies, from_records
from triage.engine.evidence import FIELDS, Field, Kind


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `applies` is false for a task id where nothing was queued; then it is not missing either."""

    field: Field
    label: str
    shown: str
    origin: str
    row: EvidenceValue | None
    applies: bool = True

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def is_known(self) -> bool:
        return self.shown != ""

    @property
    def is_missing(self) -> bool:
        return self.applies and not self.is_known

    @property
    def is_code(self) -> bool:
        return self.field.kind in (Kind.CODE, Kind.INTEGER)


@dataclass(frozen=True, slots=True)
class Strip:
    cells: tuple[Cell, ...]
    extras: tuple[Cell, ...]  # further known fields: request type, provider, client, …

    @property
    def known(self) -> int:
        return sum(cell.is_known for cell in self.cells)

    @property
    def applicable(self) -> int:
        return sum(cell.applies or cell.is_known for cell in self.cells)

    @property
    def missing(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_missing]

    @property
    def values(self) -> dict[str, object]:
        """What the evidence says, by field."""
        return {cell.name: cell.row.value for cell in (*self.cells, *self.extras) if cell.row is not None}

    @property
    def blocks(self) -> list[bool]:
        """One block for each applicable fact, the known ones first, for the meter."""
        return [number < self.known for number in range(self.applicable)]


def read_ahead(ticket: Ticket) -> None:
    """What several parts of the page ask the ticket for, once."""
    ticket.evidence_now = at_hand(evidence_now(ticket.pk), ticket=ticket)
    ticket.verdicts_now = at_hand(verdicts_now(ticket.pk), ticket=ticket)


@Compiled
def evidence_now(ticket: Any) -> QuerySet[EvidenceValue]:
    return EvidenceValue.objects.filter(ticket=ticket, is_current=True)


@Compiled
def verdicts_now(ticket: Any) -> QuerySet[Verdict]:
    return Verdict.objects.filter(ticket=ticket, is_current=True)


def strip_of(ticket: Ticket, messages: Collection[Message]) -> Strip:
    """`messages` are those of the ticket, oldest first: a cell names the one that its value was read from."""
    values = ticket.current_evidence()
    _at_hand(values.values(), messages)
    numbers = {message.pk: number for number, message in enumerate(messages, start=1)}
    cells = tuple(_cell(ticket, FIELDS[name], values, numbers) for name in ORDER)
    extras = tuple(
        _cell(ticket, field, values, numbers)
        for name, field in FIELDS.items()
        if name not in ORDER and name in values
    )
    return Strip(cells, extras)


def _at_hand(rows: Iterable[EvidenceValue], messages: Iterable[Message]) -> None:
    """The message that a value was read from is among those of the page: it is not read again."""
    by_number = {message.pk: message for message in messages}
    for row in rows:
        if row.message_id in by_number:
            row.message = by_number[row.message_id]


def label_of(field: Field) -> str:
    return field.in_language(get_language() or "en")


def _cell(ticket: Ticket, field: Field, values: dict[str, EvidenceValue], numbers: dict[int, int]) -> Cell:
    row = values.get(field.name)
    shown = _shown(field, row) or from_records(ticket, field.name)
    origin = _origin(row, numbers) if row else (_("record") if shown else "")
    kind = values.get("request_type")
    is_wanted = applies(ticket, field.name, request_type=kind and kind.value)
    return Cell(field, label_of(field), shown, origin, row, applies=is_wanted)


def _shown(field: Field, row: EvidenceValue | None) -> str:
    if row is None:
        return ""
    if field.kind == Kind.YES_NO:
        return _("yes") if row.value else _("no")
    if field.name == "raw_error":
        lines = len(str(row.value).splitlines())
        return _("%(count)d lines, below") % {"count": lines} if lines > 1 else str(row.value)
    if field.kind == Kind.SECONDS:
        return _("%(count)s s") % {"count": row.value}
    if field.kind == Kind.TIME:
        return _short_time(str(row.value))
    return str(row.value)


def _short_time(written: str) -> str:
    """`11-22 09:14 UTC` of a complete moment, also of Unix seconds; anything else as it was written."""
    try:
        moment = _moment(written)
    except (ValueError, OverflowError, OSError):
        return written
    zone = "" if moment.utcoffset() is None else "UTC" if not moment.utcoffset() else f"{moment:%z}"
    return f"{moment:%m-%d %H:%M} {zone}".strip()


def _moment(written: str) -> datetime:
    if written.isascii() and written.isdecimal() and len(written) == 10:
        return datetime.fromtimestamp(int(written), UTC)
    return datetime.fromisoformat(written)


# A cell has room for a word.
_SHORT = {
    EvidenceValue.Origin.CUSTOMER.value: gettext_lazy("customer"),
    EvidenceValue.Origin.PASTED.value: gettext_lazy("pasted"),
}


def _origin(row: EvidenceValue, numbers: dict[int, int]) -> str:
    if row.origin == EvidenceValue.Origin.PERSON:
        return str(row.by or _("person"))
    if row.origin != EvidenceValue.Origin.TEXT:
        return str(_SHORT.get(row.origin, row.get_origin_display()))
    number = numbers.get(row.message_id or 0)
    if number is None:
        return _("text")
    if number == 1 and row.line is not None:
        return _("line %(line)d") % {"line": row.line}
    return _("msg %(number)d") % {"number": number}
