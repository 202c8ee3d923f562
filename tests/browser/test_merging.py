"""Two tickets become one and two again; what is alike is shown before anybody answers twice."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.chain import verify

pytestmark = pytest.mark.django_db(transaction=True)
SAME = "lin@client.invalid"


@pytest.mark.parametrize("script", [True, False])
def test_merging_two_from_the_list_and_taking_it_back(open_page, script):
    older, newer = (
        make_ticket("The wombat is slow", email=SAME),
        make_ticket("Still slow, the wombat", email=SAME),
    )
    desk = open_page(make_agent(), java_script_enabled=script)
    desk.goto("/desk/?view=us")

    for ticket in (older, newer):
        desk.get_by_label(f"Select #{ticket.number}", exact=False).check()
    if not script:
        desk.get_by_role("button", name="Merge…").click()
    else:
        desk.keyboard.press("2")
    desk.get_by_role("button", name="Merge", exact=True).click()

    desk.wait_for_url(f"**/tickets/{older.number}/")
    expect(desk.locator("#conversation")).to_contain_text("Still slow, the wombat")
    desk.goto(f"/tickets/{newer.number}/")
    expect(desk.locator("h1")).to_contain_text("The wombat is slow")

    desk.get_by_role("button", name="Undo", exact=False).first.click()
    expect(desk.get_by_text(f"#{newer.number} stands by itself again.")).to_be_visible()
    both = [Ticket.objects.get(pk=ticket.pk) for ticket in (older, newer)]
    assert [ticket.merged_into for ticket in both] == [None, None]
    assert [verify(ticket) for ticket in both] == [None, None]


def test_a_suspected_duplicate_is_shown_and_kept_apart(open_page):
    first, second = make_ticket(email=SAME), make_ticket(email=SAME)
    desk = open_page(make_agent())
    desk.goto(f"/tickets/{second.number}/")

    expect(desk.locator("#judgement")).to_contain_text(f"#{first.number}")
    desk.get_by_role("button", name="Not a duplicate").click()

    expect(desk.locator("#judgement")).not_to_contain_text(f"#{first.number}")
