"""What stands beside a ticket and comes after the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.factories import make_agent, make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ticket() -> Ticket:
    make_ticket("Now and then we see frobnicate_overflow in pelican_exporter, why?")
    return make_ticket("frobnicate_overflow of pelican_exporter since noon")


def test_tickets_that_share_rare_words_come_after_the_page(open_page: NewPage, ticket: Ticket) -> None:
    desk = open_page(make_agent())

    desk.goto(f"/tickets/{ticket.number}/")

    similar = desk.locator("#similar")
    expect(similar.get_by_text("frobnicate_overflow", exact=True)).to_be_visible()
    expect(similar.get_by_role("link", name="Look for tickets")).to_have_count(0)
    expect(similar).not_to_have_attribute("aria-busy", "true")


def test_without_script_they_are_a_link_away(open_page: NewPage, ticket: Ticket) -> None:
    desk = open_page(make_agent(), java_script_enabled=False)

    desk.goto(f"/tickets/{ticket.number}/")
    desk.get_by_role("link", name="Look for tickets that share its rare words").click()

    expect(desk.locator("#similar").get_by_text("frobnicate_overflow", exact=True)).to_be_visible()
