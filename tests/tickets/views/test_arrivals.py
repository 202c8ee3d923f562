import pytest

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.listing import listing_of, page_of
from tickets.services.message import receive
from tickets.services.search.find import holds

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    person = make_agent()
    client.force_login(person)
    return person


def poll_of(client, address):
    return "/desk/arrivals/" + client.get(address).context["poll"]


def test_nothing_new_is_answered_by_one_look_at_the_tickets(client, agent, django_assert_num_queries):
    make_ticket(VAGUE)
    poll = poll_of(client, "/desk/?view=us&q=please")

    with django_assert_num_queries(3):  # session, person, tickets
        answer = client.get(poll)

    assert (answer.status_code, answer.content) == (204, b"")


def test_what_came_since_is_counted_for_the_list_that_is_shown(client, agent):
    older = make_ticket(VAGUE)
    all_open, charged, wombats = (
        poll_of(client, f"/desk/?{asked}")
        for asked in ("view=us", "view=us&charged=yes", "q=wom*+%22not+answer%22")
    )
    make_ticket("the wombat model does not answer")
    make_ticket(VAGUE, told={"charged": True})
    receive(older, text="anybody there?", source=Ticket.Source.MAIL)

    assert "3 new: show" in client.get(all_open).content.decode()
    assert "1 new: show" in client.get(charged).content.decode()
    assert "1 new: show" in client.get(wombats).content.decode()
    assert 'href="/desk/?view=us&amp;charged=yes"' in client.get(charged).content.decode()


@pytest.mark.parametrize("since", ["", "yesterday", "2026-01-01", "2026-01-01T00:00:00"])
def test_a_spoiled_moment_says_nothing(client, agent, since):
    make_ticket(VAGUE)

    assert client.get("/desk/arrivals/", {"since": since}).status_code == 204


def test_telling_one_entry_agrees_with_the_index(agent):
    tickets = [make_ticket(text) for text in ("gpt-4o-mini fails at 10:22", "限流错误 again", VAGUE)]
    for text in ("gpt-4o-mini", "gpt*", "限流", '"fails at 10:22"', '"at fails"', "again 限", "pleas"):
        listing = listing_of({"q": text}, agent)
        told = [ticket for ticket in tickets if holds(listing.terms, ticket.search_doc)]

        assert page_of(listing).tickets == told[::-1]
