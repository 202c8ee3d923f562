"""Keyset pages over tickets: nothing is skipped or shown twice while others work, and no page costs more."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Q

from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

SIZE = 50


class Order(Enum):
    """Column that leads, and whether backwards; the number decides between equals."""

    LONGEST_WAITING = ("customer_spoke_at", False)
    LAST_CLOSED = ("resolved_at", True)
    NEWEST = ("number", True)


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the mark for the next page, empty on the last one."""

    tickets: list[Ticket]
    after: str


def page_in_order(tickets: TicketQuerySet, order: Order, *, after: str = "", size: int = SIZE) -> Page:
    """Up to `size` tickets behind the mark. A spoiled mark starts anew."""
    behind = _behind_number(after) if order is Order.NEWEST else _behind_moment(after, order)
    column, backwards = order.value
    sign = "-" if backwards else ""
    rows = list(
        tickets.filter(behind).order_by(*dict.fromkeys((f"{sign}{column}", f"{sign}number")))[: size + 1]
    )
    if len(rows) <= size:
        return Page(rows, "")
    last = rows[size - 1]
    mark = (
        f"{getattr(last, column).isoformat()}_{last.number}"
        if order is not Order.NEWEST
        else str(last.number)
    )
    return Page(rows[:size], mark)


def number_of(mark: str) -> int | None:
    return int(mark) if mark.isascii() and mark.isdecimal() and len(mark) < 18 else None


def _behind_number(mark: str) -> Q:
    number = number_of(mark)
    return Q() if number is None else Q(number__lt=number)


def _behind_moment(mark: str, order: Order) -> Q:
    column, backwards = order.value
    way = "lt" if backwards else "gt"
    at, _, number = mark.rpartition("_")
    last = number_of(number)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return Q()
    if last is None or moment.tzinfo is None:
        return Q()
    # The outer bound says nothing new; it is what an index can use.
    return Q(**{f"{column}__{way}e": moment}) & (
        Q(**{f"{column}__{way}": moment}) | Q(**{f"number__{way}": last})
    )
