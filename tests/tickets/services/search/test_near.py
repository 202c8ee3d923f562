"""A beginning that very many tickets have is looked for among the newest entries first."""

import pytest

from tests.factories import make_agent, make_ticket
from tickets.models import SearchDoc, Ticket
from tickets.services.listing import count_of, count_soon_of, listing_of, page_of
from tickets.services.search import find, near
from tickets.services.search.find import newest_with, next_number
from tickets.services.search.index import STEPS, step_token
from tickets.services.search.query import Term
from tickets.services.search.tokens import field_tokens
from tickets.services.whole_view import newest_found

pytestmark = pytest.mark.django_db
FAR = 400_000  # numbers between old tickets and new ones


@pytest.fixture
def agent():
    return make_agent()


@pytest.fixture
def numbers():
    """Of 60 tickets about pelicans: 6 old ones, then many numbers later 54 more, every ninth of them with a phrase."""
    first = make_ticket("pelican tail stands here").pk
    old = [first + at for at in range(6)]
    new = [first + FAR + at for at in range(54)]
    customer = Ticket.objects.get(pk=first).customer
    Ticket.objects.bulk_create(
        Ticket(number=number, subject=f"No. {number}", customer=customer, follow_up_token=f"token {number}")
        for number in (*old[1:], *new)
    )
    SearchDoc.objects.filter(pk=first).delete()
    SearchDoc.objects.bulk_create(_entry(number, number % 9 == 0) for number in (*old, *new))
    return [*old, *new][::-1]


def _entry(number, has_phrase):
    words = "the tail of pelicans" if has_phrase else "of tail the pelicans"
    name = f"pelican-4o{number % 3}"
    named = [*field_tokens("model", name), *field_tokens("request", name)]
    steps = [step_token(step, number >> step) for step in STEPS]
    return SearchDoc(ticket_id=number, tokens=" ".join(["the tail of pelicans", *named, *steps]), text=words)


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
