"""The numbers of the rail are a few seconds old at most, and never older than what the person did."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_agent, make_ticket
from tickets.models import Person, Role, SavedView, Ticket
from tickets.services.status import set_status

pytestmark = pytest.mark.django_db
VAGUE = "It does not work."


@pytest.fixture(autouse=True)
def _numbers_are_kept(settings):
    settings.RAIL_SECONDS = 60


def waiting_on_us(client: Client) -> int:
    return counts(client)["us"]


def counts(client: Client) -> dict[str, int]:
    return {view.slug: count for view, count in client.get("/desk/?view=all").context["views"]}


def test_what_others_did_comes_with_the_next_poll(client: Client, agent: Person):
    ticket = make_ticket(VAGUE)
    assert waiting_on_us(client) == 1
    set_status(ticket, Ticket.Status.WAITING, by=make_agent())

    assert waiting_on_us(client) == 1
    assert '<span data-count="us">0</span>' in client.get("/desk/live/").content.decode()
    assert waiting_on_us(client) == 0


def test_what_one_did_oneself_is_counted_on_the_next_page(client: Client, agent: Person):
    ticket = make_ticket(VAGUE)
    assert counts(client)["mine"] == 0
    client.post(reverse("assignment", args=[ticket.number]), {"to": agent.pk})
    assert counts(client)["mine"] == 1


def test_a_page_with_numbers_at_hand_asks_two_statements_fewer(
    client: Client, agent: Person, django_assert_num_queries
):
    waiting_on_us(client)
    with django_assert_num_queries(4):  # session, person, page of the list, drafts
        client.get("/desk/?view=all")


def test_another_role_sees_nothing_that_was_counted_before(client: Client, agent: Person):
    SavedView.objects.create(owner=agent, name="Mine alone", parameters={"view": "all"})
    make_ticket(VAGUE)
    assert waiting_on_us(client) == 1
    make_ticket(VAGUE)
    Person.objects.filter(pk=agent.pk).update(role=Role.ENGINEER)
    assert waiting_on_us(client) == 2
