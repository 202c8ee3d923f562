"""Keyset pages over tickets: nothing is skipped or shown twice while others work, and no page costs more."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Q

from tickets.models.ticket import TicketQuerySet

from .listed_ticket import ListedTicket, columns_read, listed

SIZE = 50


class Order(Enum):
    """Columns that lead, and whether backwards; the number decides between equals."""

    NEXT_DEADLINE = (("due_at", "customer_spoke_at"), False)
    LONGEST_WAITING = (("customer_spoke_at",), False)
    LAST_CLOSED = (("resolved_at",), True)
    NEWEST = ((), True)

    @property
    def ordering(self) -> list[str]:
        """For `order_by`."""
        columns, backwards = self.value
        return [f"-{column}" if backwards else column for column in (*columns, "number")]


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the mark for the next page, empty on the last one."""

    tickets: list[ListedTicket]
    after: str


def page_in_order(tickets: TicketQuerySet, order: Order, *, after: str = "", size: int = SIZE) -> Page:
    """Up to `size` tickets behind the mark. A spoiled mark starts anew."""
    rows = columns_read(tickets.filter(_behind(after, order)).order_by(*order.ordering)[: size + 1])
    return page_of_rows(listed(rows), order, size)


def page_of_rows(rows: list[ListedTicket], order: Order, size: int) -> Page:
    """The page of the first `size` rows; one more says that another follows."""
    columns, _backwards = order.value
    if len(rows) <= size:
        return Page(rows, "")
    last = rows[size - 1]
    moments = [getattr(last, column).isoformat() for column in columns]
    return Page(rows[:size], "_".join([*moments, str(last.number)]))


def number_of(mark: str) -> int | None:
    return int(mark) if mark.isascii() and mark.isdecimal() and len(mark) < 18 else None


def _behind(mark: str, order: Order) -> Q:
    columns, backwards = order.value
    way = "lt" if backwards else "gt"
    *moments, number = mark.split("_")
    last = number_of(number)
    places = [_moment(moment) for moment in moments]
    if last is None or None in places or len(places) != len(columns):
        return Q()
    behind = Q(**{f"number__{way}": last})
    for column, moment in reversed(list(zip(columns, places, strict=True))):
        # The outer bound says nothing new; it is what an index can use.
        behind = Q(**{f"{column}__{way}e": moment}) & (Q(**{f"{column}__{way}": moment}) | behind)
    return behind


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment
