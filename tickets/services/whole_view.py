"""Views as they are, with nothing narrowed, and what was searched for among all tickets: the lists that are looked at
and counted most. Their statements are made once.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from tickets.models import Ticket
from tickets.models.ticket import Sight, TicketQuerySet

from .compiled import Compiled
from .listed_ticket import ListedTicket, columns_read, listed, told_unread
from .paging import SIZE, Order, Page, page_of_rows
from .search.find import among, newest
from .search.query import Term
from .view import BY_SLUG, View, near

Statement = tuple[str, list[Any]]  # SQL and its parameters


def first_page(view: View, order: Order, *, sight: Sight | int, reader: int) -> Page:
    """`reader` is the id of the person who looks, `sight` what they see."""
    return page_of_rows(listed(_rows(view.slug, order)(sight, reader, near())), order, SIZE)


def newest_found(terms: Sequence[Term], *, reader: int, below: int, most: int) -> list[ListedTicket]:
    """Up to `most` tickets that hold all terms, with numbers below, the newest first, for a reader who sees every one
    of them.
    """
    sql, params = newest(terms, below=below, most=most)
    return listed(_found(sql, most)(reader, *params))


@lru_cache(maxsize=256)
def _found(sql: str, most: int) -> Compiled[tuple[Any, ...]]:
    def rows(reader: Any, *params: Any) -> QuerySet[Ticket, tuple[Any, ...]]:
        # The entries leave out what was merged; one that is written while somebody merges may not.
        tickets = Ticket.objects.standing().filter(among(sql, [each.slot for each in params]))
        return columns_read(told_unread(tickets, reader=reader).order_by(*Order.NEWEST.ordering)[:most])

    return Compiled(rows)


def members(view: View, *, sight: Sight | int, reader: int, most: int) -> Statement:
    """SELECT of the numbers of its tickets, up to `most`, to be counted with others."""
    return _numbers(view.slug, most).sql(sight, reader, near())


@lru_cache
def _rows(slug: str, order: Order) -> Compiled[tuple[Any, ...]]:
    def rows(sight: Any, reader: Any, near: Any) -> QuerySet[Ticket, tuple[Any, ...]]:
        tickets = told_unread(_held(slug, sight, reader, near), reader=reader)
        return columns_read(tickets.order_by(*order.ordering)[: SIZE + 1])

    return Compiled(rows)


@lru_cache
def _numbers(slug: str, most: int) -> Compiled[int]:
    def numbers(sight: Any, reader: Any, near: Any) -> QuerySet[Ticket, int]:
        tickets = _held(slug, sight, reader, near).order_by()
        return tickets.values_list("pk", flat=True)[:most]

    return Compiled(numbers)


def _held(slug: str, sight: Any, reader: Any, near: Any) -> TicketQuerySet:
    return Ticket.objects.in_sight(sight).standing().filter(BY_SLUG[slug].holds(reader, near))
