import pytest
from playwright.sync_api import expect

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_searching_ticking_assigning_and_undoing(open_page):
    agent = make_agent(name="Mira Holt")
    for at in range(3):
        make_ticket(f"The wombat model fails, {at}", told={"charged": True})
    make_ticket(VAGUE)
    desk = open_page(agent)
    desk.goto("/desk/")

    desk.get_by_role("searchbox").fill("wombat charged:yes")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("3 tickets", exact=True)).to_be_visible()

    desk.get_by_label("Select all on this page").check()
    expect(desk.get_by_text("3 selected")).to_be_visible()
    desk.get_by_label("Assignee").select_option("Mira Holt")
    desk.get_by_role("button", name="Assign").click()

    expect(desk.get_by_text("Assign: 3 tickets changed.")).to_be_visible()
    assert Ticket.objects.filter(assignee=agent).count() == 3

    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("3 tickets are as they were.")).to_be_visible()
    assert Ticket.objects.filter(assignee=agent).count() == 0


def test_without_script_the_selection_survives_paging(open_page):
    agent = make_agent()
    for at in range(51):
        make_ticket(f"number {at}")
    desk = open_page(agent, java_script_enabled=False)
    desk.goto("/desk/?view=us")

    desk.get_by_label("Select #", exact=False).first.check()
    desk.get_by_role("button", name="Keep and go on").click()
    expect(desk.get_by_text("1 selected, 1 on other pages")).to_be_visible()
    desk.get_by_label("Select #", exact=False).first.check()
    desk.get_by_label("Status").select_option("waiting")
    desk.get_by_role("button", name="Set status").click()

    expect(desk.get_by_text("Set status: 2 tickets changed.")).to_be_visible()
