import pytest
from playwright.sync_api import expect

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.message import receive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("script", [True, False])
def test_putting_a_ticket_aside_and_waking_it(open_page, script):
    ticket = make_ticket(VAGUE)
    desk = open_page(make_agent(), java_script_enabled=script)
    desk.goto(f"/tickets/{ticket.number}/")

    desk.locator("#snooze-menu summary").click()
    desk.get_by_role("button", name="Until the customer answers").click()
    asleep = desk.get_by_label("Snoozed", exact=True)
    expect(asleep).to_contain_text("until reply")

    desk.goto("/desk/?view=snoozed")
    expect(desk.get_by_role("row", name=ticket.subject)).to_contain_text("until reply")

    desk.goto(f"/tickets/{ticket.number}/")
    desk.get_by_role("button", name="Wake").click()
    expect(asleep).to_have_count(0)
    expect(desk.locator("#conversation")).to_contain_text("woke it")


def test_the_customers_word_wakes_a_ticket_with_a_time(open_page):
    ticket = make_ticket(VAGUE)
    desk = open_page(make_agent())
    desk.goto(f"/tickets/{ticket.number}/")

    desk.locator("#snooze-menu summary").click()
    desk.get_by_role("button", name="Tomorrow morning").click()
    expect(desk.get_by_label("Snoozed", exact=True)).to_contain_text("09:00")

    receive(Ticket.objects.get(), text="Any news?", source=Ticket.Source.MAIL)
    desk.reload()
    expect(desk.get_by_label("Snoozed", exact=True)).to_have_count(0)
    expect(desk.locator("#conversation")).to_contain_text("the customer wrote")
