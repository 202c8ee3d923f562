"""Keyset pages over tickets: nothing is skipped or shown twice while others work, and no page costs more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Q

from tickets.models.ticket import TicketQuerySet

from .instant import instant_of
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
    """`after` is the mark for the next page, empty on the last one; `order` the one that the tickets stand in. `count`
    is of all pages, where that is known.
    """

    tickets: list[ListedTicket]
    after: str
    order: Order
    count: int | None = None


def page_in_order(tickets: TicketQuerySet, order: Order, *, after: str = "", size: int = SIZE) -> Page:
    """Up to `size` tickets behind the mark. A spoiled mark starts anew."""
    rows = columns_read(tickets.filter(behind(after, order)).order_by(*order.ordering)[: size + 1])
    return page_of_rows(listed(rows), order, size)


def page_of_rows(rows: list[ListedTicket], order: Order, size: int) -> Page:
    """The page of the first `size` rows; one more says that another follows."""
    if len(rows) <= size:
        return Page(rows, "", order)
    last = rows[size - 1]
    columns, _backwards = order.value
    return Page(rows[:size], mark_of([getattr(last, column) for column in columns], last.number), order)


def mark_of(moments: Sequence[datetime], number: int) -> str:
    """The mark behind the ticket of this number, whose columns that lead hold these moments."""
    return "_".join([*(moment.isoformat() for moment in moments), str(number)])


def number_of(mark: str) -> int | None:
    return int(mark) if mark.isascii() and mark.isdecimal() and len(mark) < 18 else None


def behind(mark: str, order: Order) -> Q:
    """What comes after the mark; everything where it is spoiled."""
    columns, backwards = order.value
    way = "lt" if backwards else "gt"
    *moments, number = mark.split("_")
    last = number_of(number)
    places = [instant_of(moment) for moment in moments]
    if last is None or None in places or len(places) != len(columns):
        return Q()
    further = Q(**{f"number__{way}": last})
    for column, moment in reversed(list(zip(columns, places, strict=True))):
        # The outer bound says nothing new; it is what an index can use.
        further = Q(**{f"{column}__{way}e": moment}) & (Q(**{f"{column}__{way}": moment}) | further)
    return further
