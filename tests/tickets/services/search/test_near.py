"""A beginning that very many tickets have is looked for among the newest entries first."""

import pytest

from tests.factories import make_agent, make_ticket
from tests.pelicans import make_pelicans
from tickets.models import SearchDoc, Ticket
from tickets.services.listing import count_of, count_soon_of, listing_of, page_of
from tickets.services.search import find, near
from tickets.services.search.find import next_number
from tickets.services.search.narrowed import newest_with
from tickets.services.search.query import Term
from tickets.services.whole_view import newest_found

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_agent()


@pytest.fixture
def numbers():
    return make_pelicans()


def listed(asked, agent, **more):
    return [ticket.number for ticket in page_of(listing_of({"q": asked}, agent), **more).tickets]


@pytest.mark.parametrize("name", ["request", "model"])  # without and with beginnings kept as tokens
@pytest.mark.parametrize("within", [2048, 20, 1])
def test_a_beginning_finds_the_newest_wherever_they_stand(numbers, agent, monkeypatch, within, name):
    monkeypatch.setattr(near, "NEAR", within)
    monkeypatch.setattr(find, "NEAR", within)

    assert listed(f"{name}:pelican*", agent) == numbers[:50]
    first = page_of(listing_of({"q": f"{name}:pelican*"}, agent))
    assert listed(f"{name}:pelican*", agent, after=first.after) == numbers[50:]
    assert listed(f"{name}:pelican-4o1*", agent) == [number for number in numbers if number % 3 == 1]
    assert listed(f"{name}:pelican* -{name}:pelican-4o1", agent) == [
        number for number in numbers if number % 3 != 1
    ]
    assert listed(f"{name}:pelikan*", agent) == []


@pytest.mark.parametrize(("rare", "read"), [(64, 3_000), (64, 3), (0, 3_000), (0, 0), (0, 20), (20, 30)])
def test_a_beginning_beside_other_words_is_found_by_either(numbers, agent, monkeypatch, rare, read):
    monkeypatch.setattr(find, "RARE", rare)
    monkeypatch.setattr(find, "READ", read)

    assert listed("request:pelican* tail", agent) == numbers[:50]
    assert listed("tail request:pelican-4o1*", agent) == [number for number in numbers if number % 3 == 1]
    assert listed('request:pelican* "tail of pelicans"', agent) == [
        number for number in numbers if number % 9 == 0
    ]
    assert listed("model:pelican-4o2 request:pelican*", agent) == [
        number for number in numbers if number % 3 == 2
    ]
    assert listed("tail request:pelikan*", agent) == []
    assert listed("swan request:pelican*", agent) == []


def test_the_beginning_is_the_last_word_alone(numbers, agent):
    """What has only a word that begins so does not hold the whole word before it."""
    terms, top = [Term(("tail", "tail"), begins=True)], next_number()
    SearchDoc.objects.filter(pk=numbers[0]).update(tokens=f"tailor step10={numbers[0] >> 10}")

    found = newest_found(terms, reader=agent.pk, below=top, most=5)

    assert [ticket.number for ticket in found] == numbers[1:6]


@pytest.mark.parametrize("most", [1, 53, 54, 55, 60, 61])
def test_one_statement_finds_what_steps_find(numbers, agent, most, django_assert_num_queries):
    terms, top = [Term(("pelicans",))], next_number()

    with django_assert_num_queries(1):
        found = newest_found(terms, reader=agent.pk, below=top, most=most)

    assert [ticket.number for ticket in found] == numbers[:most]
    stepped = newest_with(terms, Ticket.objects.all(), below=top, most=most)
    assert [ticket.number for ticket in stepped] == numbers[:most]


@pytest.mark.parametrize("asked", ["pelicans", '"tail of pelicans"', "request:pelican*", "swan"])
def test_what_takes_long_to_count_is_not_counted_at_once(numbers, agent, asked):
    listing = listing_of({"q": asked}, agent)
    held = {"swan": 0, '"tail of pelicans"': sum(number % 9 == 0 for number in numbers)}

    assert count_of(listing) == held.get(asked, 60)
    assert count_soon_of(listing) is None


def test_what_is_soon_counted_is_exact(agent):
    for at in range(3):
        make_ticket(f"pelican tail number {at}")

    for asked, count in (("pelican", 3), ('"pelican tail"', 3), ("model:pelican*", 0), ("", 3)):
        assert count_soon_of(listing_of({"q": asked, "view": "all"}, agent)) == count
