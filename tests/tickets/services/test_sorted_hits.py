"""Lists with words stand in their order wherever they can be sorted, and say so where not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_agent
from tests.pelicans import make_pelicans
from tickets.models import Ticket
from tickets.services import listing as lists
from tickets.services import sorted_hits
from tickets.services.listing import count_of, listing_of, notes_on, page_of
from tickets.services.paging import Order

pytestmark = pytest.mark.django_db
WORDS = {
    "pelicans": lambda number: True,
    '"tail of pelicans"': lambda number: number % 9 == 0,
    "model:pelican-4o1": lambda number: number % 3 == 1,
    "request:pelican-4o2*": lambda number: number % 3 == 2,
    "pelicans -model:pelican-4o1": lambda number: number % 3 != 1,
    "swan": lambda number: False,
}
UNSORTED = "Too many tickets fit to be sorted (next deadline first): the newest come first."


@pytest.fixture
def agent():
    return make_agent()


@pytest.fixture
def by_deadline():
    """The numbers of 60 tickets, the one that is due first before the others."""
    now = timezone.now()
    shuffled = sorted(make_pelicans(), key=lambda number: (number % 7, number))
    for at, number in enumerate(shuffled):
        Ticket.objects.filter(pk=number).update(
            due_at=now + timedelta(minutes=at // 2), customer_spoke_at=now - timedelta(hours=number % 5)
        )
    return sorted(shuffled, key=lambda number: (shuffled.index(number) // 2, -(number % 5), number))


@pytest.fixture
def all_are_read(monkeypatch):
    """As if the words were frequent on a large desk: the index is not asked for all hits."""
    monkeypatch.setattr(sorted_hits, "all_with", lambda *given, **more: None)


def pages(listing, *, size):
    found, after = [page_of(listing, size=size)], ""
    while after := found[-1].after:
        found.append(page_of(listing, size=size, after=after))
    return found


def numbers_on(*found):
    return [ticket.number for page in found for ticket in page.tickets]


@pytest.mark.parametrize("asked", WORDS)
def test_words_in_a_view_keep_its_order_from_page_to_page(by_deadline, agent, asked):
    expected = list(filter(WORDS[asked], by_deadline))
    listing = listing_of({"view": "us", "q": asked}, agent)
    found = pages(listing, size=7)

    assert numbers_on(*found) == expected
    assert {page.count for page in found} <= {len(expected), None}
    assert count_of(listing) == len(expected)
    assert {page.order for page in found} == {Order.NEXT_DEADLINE}


@pytest.mark.parametrize("asked", WORDS)
@pytest.mark.parametrize("read", [(10, 30), (2, 70), (61, 61)])  # at first and at most
def test_reading_in_order_finds_the_same(by_deadline, agent, all_are_read, monkeypatch, asked, read):
    monkeypatch.setattr(sorted_hits, "READ_FIRST", read[0])
    monkeypatch.setattr(sorted_hits, "READ", read[1])
    expected = list(filter(WORDS[asked], by_deadline))
    listing = listing_of({"view": "us", "q": asked}, agent)
    first = page_of(listing, size=3)
    found = pages(listing, size=3)

    if first.order is Order.NEXT_DEADLINE:
        assert numbers_on(*found) == expected
        assert notes_on(listing, first) == ()
    else:
        assert len(list(filter(WORDS[asked], by_deadline[: read[1]]))) <= 3 * 2
        assert numbers_on(*found) == sorted(expected, reverse=True)
        assert {notes_on(listing, page) for page in found} == {(UNSORTED,)}


def test_a_page_is_short_where_reading_stops_before_it_is_full(by_deadline, agent, all_are_read, monkeypatch):
    """The first five are found at once, the next far behind them."""
    monkeypatch.setattr(sorted_hits, "READ", 10)
    far = [*by_deadline[:5], by_deadline[12], by_deadline[50]]
    Ticket.objects.filter(pk__in=far).update(charged=True)
    monkeypatch.setattr(
        sorted_hits, "held_among", lambda terms, numbers: [each for each in numbers if each in far]
    )

    found = [numbers_on(page) for page in pages(listing_of({"view": "us", "q": "pelicans"}, agent), size=4)]

    assert found == [far[:4], far[4:6], [], [], [], far[6:], []]


def test_an_order_that_was_chosen_counts_with_words_and_without_one_the_newest_come_first(by_deadline, agent):
    newest = sorted(by_deadline, reverse=True)

    def found(**asked):
        return numbers_on(page_of(listing_of(asked, agent), size=100))

    assert found(q="pelicans") == found(view="us", q="pelicans", order="newest") == newest
    assert found(q="pelicans", order="deadline") == by_deadline
    assert found(model="pelican-4o1", view="us", order="waiting") == sorted(
        (number for number in by_deadline if number % 3 == 1), key=lambda number: (-(number % 5), number)
    )


def test_more_than_can_be_sorted_come_newest_first_and_that_is_said(by_deadline, agent, monkeypatch):
    monkeypatch.setattr(sorted_hits, "MOST_SORTED", 10)
    monkeypatch.setattr(sorted_hits, "READ", 1)
    listing = listing_of({"view": "us", "q": "pelicans"}, agent)

    page = page_of(listing)

    assert numbers_on(page) == sorted(by_deadline, reverse=True)[:50]
    assert (page.order, page.count, notes_on(listing, page)) == (Order.NEWEST, None, (UNSORTED,))


def test_a_spoiled_mark_of_a_search_starts_anew(by_deadline, agent):
    listing = listing_of({"view": "us", "q": "pelicans"}, agent)

    for mark in ("x", "_7", "0001-01-01T00:00:00+08:00_0001-01-01T00:00:00+08:00_7"):
        assert numbers_on(page_of(listing, after=mark, size=2)) == by_deadline[:2]


LEFT_OUT = {
    "-model:pelican-4o1": lambda number: number % 3 != 1,
    "-model:pelican-4o1 -model:pelican-4o2": lambda number: number % 3 == 0,
    "-model:pelican*": lambda number: False,
    "-model:swan*": lambda number: True,
    "-charged:yes -request:pelican-4o2": lambda number: number % 3 != 2,
}


@pytest.mark.parametrize("asked", LEFT_OUT)
@pytest.mark.parametrize("read", [2_000, 20])
@pytest.mark.parametrize("view", ["all", "us"])
def test_whole_values_can_be_left_out_of_any_list(by_deadline, agent, monkeypatch, asked, read, view):
    monkeypatch.setattr(lists, "are_renewed", lambda: True)
    monkeypatch.setattr(sorted_hits, "READ_FIRST", read // 2)
    monkeypatch.setattr(sorted_hits, "READ", read)
    in_order = by_deadline if view == "us" else sorted(by_deadline, reverse=True)
    expected = list(filter(LEFT_OUT[asked], in_order))
    listing = listing_of({"view": view, "q": asked}, agent)

    assert numbers_on(*pages(listing, size=7)) == expected
    assert count_of(listing) == len(expected)
    assert listing.notes == ()


def test_a_page_of_what_is_left_over_reads_no_more_than_a_page_may(by_deadline, agent, monkeypatch):
    monkeypatch.setattr(lists, "are_renewed", lambda: True)
    monkeypatch.setattr(sorted_hits, "READ", 20)
    found = page_of(listing_of({"q": "-model:pelican*"}, agent))

    assert (found.tickets, found.count, bool(found.after)) == ([], None, True)


def test_words_can_be_left_out_where_something_narrows_the_list(by_deadline, agent):
    assert numbers_on(page_of(listing_of({"view": "us", "q": "-pelicans"}, agent))) == []
    assert listing_of({"q": "-pelicans is:open"}, agent).notes == ()
    assert len(listing_of({"q": "-pelicans"}, agent).notes) == 1
