"""Ctrl or Cmd with K: going anywhere and doing what the page can do, without the mouse."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.factories import make_admin, make_agent, make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_going_doing_and_finding_by_the_palette(open_page):
    ticket, other = make_ticket("The wombat is slow"), make_ticket("The quokka is slow")
    desk = open_page(make_agent(name="Mira Holt"))
    desk.goto(f"/tickets/{ticket.number}/")
    palette = desk.get_by_role("dialog", name="Search or jump to")

    desk.keyboard.press("Control+k")
    expect(palette.get_by_role("combobox")).to_be_focused()
    desk.keyboard.type("take it")
    expect(palette.get_by_role("option", selected=True)).to_contain_text("Take it")
    desk.keyboard.press("Enter")
    expect(desk.locator("#assignment summary")).to_contain_text("Mira Holt")  # the menu names her too
    desk.wait_for_load_state()  # keys are heard from then on

    desk.keyboard.press("Control+k")
    desk.keyboard.type("quokka")
    expect(palette.get_by_role("option", selected=True)).to_contain_text(f"#{other.number}")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/tickets/{other.number}/")  # and loaded

    desk.keyboard.press("Control+k")
    desk.keyboard.type("inbox")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/")
    assert Ticket.objects.get(pk=ticket.pk).assignee.name == "Mira Holt"


def test_enter_before_the_answer_means_what_it_will_find(open_page):
    ticket, other = make_ticket("The wombat is slow"), make_ticket("The quokka is slow")
    desk = open_page(make_agent())
    desk.goto(f"/tickets/{ticket.number}/")
    palette = desk.get_by_role("dialog", name="Search or jump to")
    desk.keyboard.press("Control+k")
    desk.keyboard.insert_text(f"#{other.number}")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/tickets/{other.number}/")

    desk.keyboard.press("Control+k")  # what is still being composed is not looked for
    palette.get_by_role("combobox").evaluate("""field => {
        field.value = "da"
        field.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true}))
    }""")
    desk.wait_for_timeout(400)
    expect(palette.get_by_text("All results for")).to_have_count(0)
    palette.get_by_role("combobox").fill("")
    desk.keyboard.type("verdict")
    expect(palette.get_by_role("option", name="The verdict is right")).to_be_visible()
    expect(palette.get_by_role("option", name="Not this verdict")).to_be_visible()

    desk.goto("/desk/?view=us")
    desk.keyboard.press("Control+k")
    for words, option in (
        ("newest", "Newest first"),
        ("columns", "Columns…"),
        ("preferences", "Preferences"),
    ):
        palette.get_by_role("combobox").fill(words)
        expect(palette.get_by_role("option", name=option, exact=True)).to_be_visible()
    palette.get_by_role("combobox").fill("nothing has this")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/?q=nothing+has+this")


@pytest.mark.parametrize("action", ["Snooze", "Assign"])
def test_a_menu_that_the_palette_opens_stays_open(open_page, action):
    desk = open_page(make_agent())
    desk.goto(f"/tickets/{make_ticket().number}/")
    menu = desk.locator("details.menu", has=desk.locator("summary", has_text=action)).first
    desk.keyboard.press("Control+k")
    desk.keyboard.type(action.lower())
    desk.keyboard.press("Enter")

    expect(menu).to_have_attribute("open", "")
    expect(menu.locator(":focus")).to_have_count(1)


def test_a_slash_opens_it_where_there_is_no_list_to_search(open_page):
    desk = open_page(make_agent())
    desk.goto(f"/tickets/{make_ticket().number}/")
    desk.keyboard.press("/")
    expect(desk.get_by_role("dialog", name="Search or jump to").get_by_role("combobox")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.goto("/desk/")
    desk.keyboard.press("/")

    expect(desk.get_by_role("searchbox", name="Search tickets")).to_be_focused()


def test_it_opens_while_typing_and_gives_the_text_its_focus_back(open_page):
    ticket = make_ticket("The wombat is slow")
    desk = open_page(make_agent())
    desk.goto(f"/tickets/{ticket.number}/")
    desk.locator("#reply-body").fill("Half a sentence")

    desk.keyboard.press("Control+k")
    desk.keyboard.type("zzzz")
    expect(desk.get_by_text("Nothing has all of these words.")).to_be_visible()
    desk.keyboard.press("Escape")

    expect(desk.locator("#reply-body")).to_be_focused()
    expect(desk.locator("#reply-body")).to_have_value("Half a sentence")


def test_a_phone_reaches_every_room(open_page):
    desk = open_page(make_admin(), viewport=PHONE)
    desk.goto("/desk/")
    desk.get_by_role("link", name="Search or jump to").click()
    desk.get_by_role("dialog", name="Search or jump to").get_by_role("option", name="People").click()
    desk.wait_for_url("**/curation/people/")

    desk.goto("/desk/jump/")  # where no script opens the palette
    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Audit").click()
    desk.wait_for_url("**/curation/audit/")
