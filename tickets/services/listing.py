"""Lists of tickets as the inbox shows them: a view, narrowed by what the address asks for, in its order."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tickets.models import Person, Ticket
from tickets.models.ticket import Sight, TicketQuerySet, sight_of
from tickets.models.ticket_state import NO_DEADLINE

from .listed_ticket import ListedTicket, columns_read, listed, told_unread
from .paging import SIZE, Order, Page, number_of, page_in_order, page_of_rows
from .search.conditions import MERGED, UNSOLVED, NotUnderstood, condition
from .search.find import lacking, next_number, settled
from .search.form import are_renewed
from .search.index import MERGED as MERGED_TOKEN
from .search.narrowed import count_soon, count_with, newest_with
from .search.query import CONDITIONS, INDEXED, Query, Term, asks_for_beginning, parse
from .sorted_hits import page_of_hits
from .view import BY_SLUG, VIEWS, View, near
from .whole_view import first_page, newest_found

Count = TypeVar("Count", int, int | None)
MOST_COUNTED = 10_000
COUNTED_SOON = 2_000  # with the page that they stand on; more of them are counted after it
SWITCHES = ("unread", "unanswered")  # of an address: `is:` operators that stand by themselves
COLUMNS = ("assignee", "charged", "verdict", "cause", "tag", "incident")  # operators answered by columns
STANDING = Term((MERGED_TOKEN,), is_absent=True)
WORDS = ("status", "model", "provider")  # operators answered by the search index
SORTED = {
    Order.NEXT_DEADLINE: _("next deadline first"),
    Order.LONGEST_WAITING: _("longest waiting first"),
    Order.LAST_CLOSED: _("last closed first"),
    Order.NEWEST: _("newest first"),
}
ORDERS = {"deadline": Order.NEXT_DEADLINE, "waiting": Order.LONGEST_WAITING, "newest": Order.NEWEST}
# What an address says of a list: which tickets are meant, and how they are sorted.
PARAMETERS = ("view", "q", *SWITCHES, *COLUMNS, *WORDS, "order")
# All other operators, read from an address as if they were typed. The mark of a page is called `after` too: only what
# looks like a time is the operator.
TYPED = tuple(sorted((CONDITIONS | INDEXED.keys()) - {*COLUMNS, *WORDS}))
_TIME = re.compile(r"\d{1,4}[hdw]|\d{4}-\d{2}-\d{2}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Listing:
    """Which tickets are meant and in which order. `terms` are asked of the search index."""

    reader: int  # the person for whom "mine" is
    sight: Sight | int  # of the reader
    view: View
    parameters: dict[str, str]
    narrowed: TicketQuerySet  # by the conditions of the address
    holds: Q  # of the view
    asked: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()
    is_standing: bool = True  # without those that were merged
    is_narrow: bool = False  # beyond that and the words
    is_whole_view: bool = False  # as its view has it, with no condition beside

    @cached_property
    def tickets(self) -> TicketQuerySet:
        tickets = self.narrowed.standing() if self.is_standing else self.narrowed
        return tickets.filter(self.holds) if self.holds else tickets

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        if not self.asked:
            return ()
        asked = settled(self.asked, self.top)
        return (*asked, STANDING) if self.is_standing else asked

    @cached_property
    def only_leaves_out(self) -> bool:
        """Whether the index is asked for nothing that the tickets hold."""
        return bool(self.asked) and all(term.is_absent for term in self.asked)

    @cached_property
    def top(self) -> int:
        """Search begins below this number."""
        return next_number()

    @property
    def order(self) -> Order:
        """As it was asked for, else as its view has it. A page with words may stand in another: see `page_of`."""
        return ORDERS.get(self.parameters.get("order", ""), self.view.order)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.parameters.keys() - {"view", "order"}) or bool(self.asked)


def next_deadline(person: Person) -> datetime | None:
    """Of all tickets that the person sees, the deadline that comes first."""
    unsolved = Ticket.objects.visible_to(person).standing().filter(UNSOLVED, due_at__lt=NO_DEADLINE)
    return unsolved.order_by("due_at").values_list("due_at", flat=True).first()


def listing_of(
    asked: Mapping[str, str], person: Person, *, evidence: bool = True, now: datetime | None = None
) -> Listing:
    """The list that an address asks for. Searching without a view searches everything."""
    asked = {**asked, "q": _typed(asked)}
    words = _words(asked)
    otherwise = "all" if asked["q"].strip() else VIEWS[0].slug
    view = BY_SLUG.get(asked.get("view", ""), BY_SLUG[otherwise])
    query = parse(
        words,
        evidence=evidence,
        beginnings=not asks_for_beginning(words) or are_renewed(),
        is_narrowed=view.slug != "all" or any(asked.get(name) for name in (*COLUMNS, *SWITCHES)),
    )
    parameters = {name: str(asked[name]) for name in PARAMETERS if asked.get(name)} | {"view": view.slug}
    unknown = _unknown(asked)
    for name in unknown.keys() & parameters.keys() - {"view"}:
        del parameters[name]
    conditions = _conditions(query, asked)
    visible = Ticket.objects.visible_to(person)
    narrowed, problems = _narrowed(visible, conditions, person, now or timezone.localtime())
    holds = view.holds(person.pk, near())
    return Listing(
        person.pk,
        sight_of(person),
        view,
        parameters,
        narrowed,
        holds,
        query.terms,
        (*query.notes, *problems, *unknown.values()),
        is_standing=("is", MERGED) not in conditions,
        is_narrow=bool(visible.query.where or conditions or holds),
        is_whole_view=not conditions and not query.terms,
    )


def listing_of_view(view: View, person: Person) -> Listing:
    """The list that the address of a view alone asks for."""
    visible, holds = Ticket.objects.visible_to(person), view.holds(person.pk, near())
    return Listing(
        person.pk,
        sight_of(person),
        view,
        {"view": view.slug},
        visible,
        holds,
        is_narrow=bool(visible.query.where or holds),
        is_whole_view=True,
    )


def page_of(listing: Listing, *, after: str = "", size: int = SIZE) -> Page:
    """One page of the list. Its tickets know `is_unread`, by the reader of the list. With words that too many tickets
    hold to be sorted, the newest come first.
    """
    if listing.is_whole_view and not after and size == SIZE:
        return first_page(listing.view, listing.order, sight=listing.sight, reader=listing.reader)
    if listing.terms:
        return _in_order(listing, after, size) or _newest(listing, after, size)
    shown = told_unread(listing.tickets, reader=listing.reader)
    return page_in_order(shown, listing.order, after=after, size=size)


def notes_on(listing: Listing, page: Page) -> tuple[str, ...]:
    """What is to be said above the page."""
    if page.order is listing.order:
        return listing.notes
    unsorted = gettext("Too many tickets fit to be sorted (%(order)s): the newest come first.")
    return (*listing.notes, unsorted % {"order": SORTED[listing.order]})


def _in_order(listing: Listing, after: str, size: int) -> Page | None:
    """None where the newest come first: by the order, since it takes too much to sort, or because a page did before."""
    is_newest = listing.order is Order.NEWEST or number_of(after) is not None
    if is_newest and not listing.only_leaves_out:
        return None
    return page_of_hits(
        listing.terms,
        listing.tickets,
        listing.order,
        reader=listing.reader,
        below=listing.top,
        after=after,
        size=size,
    )


def _newest(listing: Listing, after: str, size: int) -> Page:
    rows = _found(listing, below=number_of(after) or listing.top, most=size + 1)
    return page_of_rows(rows, Order.NEWEST, size)


def _found(listing: Listing, *, below: int, most: int) -> list[ListedTicket]:
    if not listing.is_narrow:
        return newest_found(listing.terms, reader=listing.reader, below=below, most=most)
    shown = columns_read(told_unread(listing.tickets, reader=listing.reader))
    return listed(newest_with(listing.terms, shown, below=below, most=most))


def count_of(listing: Listing) -> int:
    """How many tickets the list has; one more than MOST_COUNTED where there are more."""
    if listing.only_leaves_out:
        return _count_columns(listing.tickets.filter(lacking(listing.terms)), MOST_COUNTED)
    return _counted(count_with, listing) if listing.terms else _count_columns(listing.tickets, MOST_COUNTED)


def count_soon_of(listing: Listing) -> int | None:
    """The same; None where it would take as long as the page that it stands on: see `count_soon`, and COUNTED_SOON."""
    if listing.only_leaves_out:
        return None
    if listing.terms:
        return _counted(count_soon, listing)
    count = _count_columns(listing.tickets, COUNTED_SOON)
    return count if count <= COUNTED_SOON else None


def _counted(count: Callable[..., Count], listing: Listing) -> Count:
    are_all = not listing.is_narrow
    return count(listing.terms, listing.tickets, below=listing.top, most=MOST_COUNTED + 1, are_all=are_all)


def _count_columns(tickets: TicketQuerySet, most: int) -> int:
    return tickets.order_by()[: most + 1].count()


def _typed(asked: Mapping[str, str]) -> str:
    """The search box, with the operators that the address names beside it."""
    beside = ((name, asked[name].replace('"', "").strip()) for name in TYPED if _names_operator(asked, name))
    written = (f'{name}:"{value}"' if " " in value else f"{name}:{value}" for name, value in beside)
    return " ".join([asked.get("q", ""), *written]).strip()


def _names_operator(asked: Mapping[str, str], name: str) -> bool:
    value = asked.get(name, "").strip()
    return bool(_TIME.fullmatch(value)) if name == "after" else bool(value)


def _unknown(asked: Mapping[str, str]) -> dict[str, str]:
    """What parameters of the list itself may be, for each whose value nobody knows. They change nothing."""
    known = {"view": tuple(BY_SLUG), "order": tuple(ORDERS), **dict.fromkeys(SWITCHES, ("1",))}
    return {
        name: gettext("%(name)s= can be %(words)s.") % {"name": name, "words": ", ".join(words)}
        for name, words in known.items()
        if asked.get(name) and asked[name] not in words
    }


def _words(asked: Mapping[str, str]) -> str:
    """What the search box says, and the operators that stand in the address by themselves."""
    beside = (f'{name}:"{asked[name].strip()}"' for name in WORDS if asked.get(name, "").strip())
    return " ".join([asked.get("q", ""), *beside])


def _conditions(query: Query, asked: Mapping[str, str]) -> list[tuple[str, str]]:
    beside = [(name, asked[name]) for name in COLUMNS if asked.get(name)]
    return [*query.conditions, *beside, *(("is", name) for name in SWITCHES if asked.get(name) == "1")]


def _narrowed(
    tickets: TicketQuerySet, conditions: list[tuple[str, str]], person: Person, now: datetime
) -> tuple[TicketQuerySet, list[str]]:
    """A list with a condition that nobody understands is empty: else what is done to all of it would go too far."""
    problems: list[str] = []
    for name, value in conditions:
        try:
            holds = condition(name.removeprefix("-"), value, person=person, now=now)
        except NotUnderstood as problem:
            problems.append(str(problem))
        else:
            tickets = tickets.exclude(holds) if name.startswith("-") else tickets.filter(holds)
    return tickets.none() if problems else tickets, problems
