"""Words that stand in every ticket, and columns that hardly any of these fulfil."""

import pytest
from django.db.models import Q

from tests.pelicans import make_pelicans
from tickets.models import Ticket
from tickets.services.search import narrowed
from tickets.services.search.find import next_number
from tickets.services.search.narrowed import count_with, newest_with
from tickets.services.search.query import Term

pytestmark = pytest.mark.django_db
TERMS = {
    "a word": ([Term(("pelicans",))], lambda number: True),
    "a phrase": ([Term(("tail", "of", "pelicans"), "tail of pelicans")], lambda number: number % 9 == 0),
    "a beginning": ([Term(("request=pelican",), begins=True)], lambda number: True),
    "not one value": (
        [Term(("pelicans",)), Term(("model=pelican-4o1",), is_absent=True)],
        lambda number: number % 3 != 1,
    ),
    "nowhere": ([Term(("pelicans",)), Term(("swan",))], lambda number: False),
}


@pytest.fixture
def numbers():
    return make_pelicans()


@pytest.mark.parametrize("rare", [0, 10**9])
@pytest.mark.parametrize("few", [2_000, 4])
@pytest.mark.parametrize("asked", TERMS)
@pytest.mark.parametrize("only", ["old", "one", "none", "all"])
def test_all_ways_find_and_count_the_same(numbers, monkeypatch, asked, only, few, rare):
    monkeypatch.setattr(narrowed, "FIRST", few // 2)
    monkeypatch.setattr(narrowed, "FEW", few)
    monkeypatch.setattr(narrowed, "RARE", rare)
    terms, holds = TERMS[asked]
    oldest, in_the_middle = numbers[-1], numbers[30]
    columns, fulfils = {
        "old": (Q(number__lt=oldest + 6), lambda number: number < oldest + 6),
        "one": (Q(subject=f"No. {in_the_middle}"), lambda number: number == in_the_middle),
        "none": (Q(charged=True), lambda number: False),
        "all": (Q(), lambda number: True),
    }[only]
    tickets = Ticket.objects.filter(columns)
    expected = [number for number in numbers if holds(number) and fulfils(number)]
    top = next_number()

    for most in (1, 5, 61):
        found = newest_with(terms, tickets, below=top, most=most)
        assert [ticket.number for ticket in found] == expected[:most]
        assert count_with(terms, tickets, below=top, most=most) == len(expected[:most])
