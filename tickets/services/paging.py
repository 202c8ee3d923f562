"""Keyset pages over tickets: nothing is skipped or shown twice while others work, and no page costs more."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the mark for the next page, empty on the last one."""

    tickets: list[Ticket]
    after: str


def page_of(
    tickets: TicketQuerySet, *, after: str = "", newest_first: bool = False, size: int = SIZE
) -> Page:
    """Up to `size` tickets: those waiting longest first, or the last closed first. A spoiled mark starts anew."""
    column = "resolved_at" if newest_first else "customer_spoke_at"
    sign, way = ("-", "lt") if newest_first else ("", "gt")
    ordered = tickets.order_by(f"{sign}{column}", f"{sign}number")
    mark = _read_mark(after)
    if mark is not None:
        at, number = mark
        ordered = ordered.filter(Q(**{f"{column}__{way}": at}) | Q(**{column: at, f"number__{way}": number}))
    rows = list(ordered[: size + 1])
    if len(rows) <= size:
        return Page(rows, "")
    last = rows[size - 1]
    return Page(rows[:size], f"{getattr(last, column).isoformat()}_{last.number}")


def _read_mark(mark: str) -> tuple[datetime, int] | None:
    at, _, number = mark.rpartition("_")
    try:
        read = datetime.fromisoformat(at), int(number)
    except ValueError:
        return None
    return read if read[0].tzinfo is not None else None
