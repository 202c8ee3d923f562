"""Pages of tickets that hold all terms, in an order of columns.

The index knows hits by their number alone. So all of them are gathered and sorted where they are few; else tickets are
taken in the order, and the entry of each is read, as far as a page may take. Where that gives no page the words stand
in too few of too many tickets: then the caller shows the newest first.
"""

from collections.abc import Sequence
from dataclasses import replace

from tickets.models.ticket import TicketQuerySet

from .listed_ticket import columns_read, listed, told_unread
from .paging import Order, Page, behind, mark_of, page_of_rows
from .search.narrowed import all_with
from .search.near import held_among, numbered
from .search.query import Term

MOST_SORTED = 2_000  # hits
READ = 2_000  # tickets in the order whose entries are read
READ_FIRST = 200  # of them: often enough for a page, else they tell how many more are


def page_of_hits(
    terms: Sequence[Term],
    tickets: TicketQuerySet,
    order: Order,
    *,
    reader: int,
    below: int,
    after: str,
    size: int,
) -> Page | None:
    """Up to `size` of the tickets behind the mark that hold all terms; None where they cannot be sorted. Behind a mark,
    and where all terms are absent, which no index can be asked for, there is always a page: of fewer tickets, or none,
    where reading must stop before it is full.
    """
    is_read = all(term.is_absent for term in terms)
    numbers = None if is_read else all_with(terms, tickets, below=below, most=MOST_SORTED)
    follow = tickets.filter(behind(after, order))
    if numbers is not None:
        page = _sorted(follow, numbers, order, reader=reader, size=size)
        return replace(page, count=len(numbers))
    places = list(follow.order_by(*order.ordering).values_list("number", flat=True)[:READ])
    held = _read(terms, places, most=size + 1, goes_on=is_read or bool(after))
    is_all, is_full = len(places) < READ, len(held) > size
    if not (is_all or is_full or is_read or after):
        return None
    page = _sorted(follow, held[: size + 1], order, reader=reader, size=size)
    if is_full:
        return page
    if is_all:
        return page if after else replace(page, count=len(held))
    return replace(page, after=_mark_behind(places[-1], tickets, order))


def _read(terms: Sequence[Term], numbers: list[int], *, most: int, goes_on: bool) -> list[int]:
    """Those of the numbers that hold all terms, as far as entries are read: until there are `most`. Where the first of
    so many promise far fewer, only `goes_on` reads further.
    """
    held, start, end = set[int](), 0, READ_FIRST
    while start < len(numbers):
        held.update(held_among(terms, numbers[start:end]))
        is_thin = len(numbers) == READ and len(held) * READ * 2 < most * end
        if len(held) >= most or (is_thin and not goes_on):
            break
        start, end = end, min(READ, end + READ_FIRST + most * end // max(1, len(held)))
    return [number for number in numbers if number in held]


def _mark_behind(number: int, tickets: TicketQuerySet, order: Order) -> str:
    columns, _backwards = order.value
    [(_number, *moments)] = tickets.filter(pk=number).values_list("number", *columns)
    return mark_of(moments, number)


def _sorted(tickets: TicketQuerySet, numbers: Sequence[int], order: Order, *, reader: int, size: int) -> Page:
    few = told_unread(tickets.filter(numbered(numbers)), reader=reader)
    rows = columns_read(few.order_by(*order.ordering)[: size + 1])
    return page_of_rows(listed(rows), order, size)
