"""Tickets that hold all terms, found among those that columns narrow, and counted.

PostgreSQL is slow where it has to look up very many hits among the tickets: those of a common word, when hardly any of
them is also what the columns ask for. So it looks at few at a time, from the newest down, or begins with the columns.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet

from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

from .find import EVERYTHING, LOOKED_IN, RARE, count_hits, count_lately, holding, is_postgres, lowest_of
from .index import STEPS
from .near import held_among
from .query import Term

COUNTED_IN = (STEPS[1], STEPS[2], EVERYTHING)
FIRST = 200  # tickets whose entries are read one by one: often they fill a page
FEW = 2_000  # that may be read so
Row = TypeVar("Row")


def newest_with(terms: Sequence[Term], tickets: QuerySet[Ticket, Row], *, below: int, most: int) -> list[Row]:
    """Up to `most` of these tickets that hold all terms, with numbers below, the newest first."""
    for found, is_all in _looks(terms, tickets, LOOKED_IN, below):
        rows = list(found.order_by("-number")[:most])
        if len(rows) == most or is_all:
            break
    return rows


def count_with(
    terms: Sequence[Term], tickets: TicketQuerySet, *, below: int, most: int, are_all: bool = False
) -> int:
    """How many of these tickets hold all terms, counted up to `most`. `are_all` promises that `tickets` leaves out none
    that holds them: then hits need not be looked up to be counted.
    """
    if are_all:
        for step in COUNTED_IN:
            count = count_hits(terms, step, below, most)
            if count >= most or lowest_of(step, below) <= 0:
                break
        return count
    for found, is_all in _looks(terms, tickets, COUNTED_IN, below):
        count = found.order_by()[:most].count()
        if count >= most or is_all:
            break
    return count


def count_soon(
    terms: Sequence[Term], tickets: TicketQuerySet, *, below: int, most: int, are_all: bool = False
) -> int | None:
    """As `count_with` where a look at the newest tickets tells it; None where it takes longer than a page may."""
    step = COUNTED_IN[0]
    # Hits are looked up among the tickets; of a phrase each is read; of a beginning all are gathered.
    if not are_all or any(term.phrase or term.begins for term in terms):
        step = LOOKED_IN[0]
        if lowest_of(step, below) > 0:
            return None
    if are_all:
        count = count_hits(terms, step, below, most)
    else:
        count = tickets.filter(holding(terms, step=step, below=below)).order_by()[:most].count()
    return count if count >= most or lowest_of(step, below) <= 0 else None


def all_with(
    terms: Sequence[Term], tickets: QuerySet[Ticket, Any], *, below: int, most: int
) -> list[int] | None:
    """The numbers of all these tickets that hold all terms, in no order. None where they are more than `most`, or where
    the index must gather very many hits to tell.
    """
    if not _are_soon_gathered(terms, below):
        return None
    found = tickets.filter(holding(terms, below=below)).order_by().values_list("number", flat=True)
    numbers = list(found[: most + 1])
    return numbers if len(numbers) <= most else None


def _are_soon_gathered(terms: Sequence[Term], below: int) -> bool:
    if not is_postgres() or lowest_of(LOOKED_IN[1], below) <= 0:
        return True
    return not any(term.begins for term in terms) and count_lately(terms, below, RARE + 1) <= RARE


def _looks(
    terms: Sequence[Term], tickets: QuerySet[Ticket, Row], steps: Sequence[int], below: int
) -> Iterator[tuple[QuerySet[Ticket, Row], bool]]:
    """Those of the tickets that hold all terms, of more tickets with each look, and whether these are all there are."""
    nearest, *wider = steps
    gathers = is_postgres() and any(term.begins for term in terms)  # all that begins so, with each look
    may_be_dear = gathers
    if not gathers:
        yield _held(tickets, terms, nearest, below)
        may_be_dear = is_postgres() and count_lately(terms, below, RARE + 1) > RARE
    if may_be_dear:
        newest = tickets.filter(number__lt=below).order_by("-number").values_list("number", flat=True)
        numbers = list(newest[: FEW + 1])
        for most in (FIRST, FEW):
            if gathers or len(numbers) <= most:
                yield tickets.filter(pk__in=held_among(terms, numbers[:most])), len(numbers) <= most
        if not gathers and numbers[0] < lowest_of(nearest, below):
            below = numbers[0] + 1  # nothing stands above that
            yield _held(tickets, terms, nearest, below)
    for step in wider:
        yield _held(tickets, terms, step, below)


def _held(
    tickets: QuerySet[Ticket, Row], terms: Sequence[Term], step: int, below: int
) -> tuple[QuerySet[Ticket, Row], bool]:
    return tickets.filter(holding(terms, step=step, below=below)), lowest_of(step, below) <= 0
