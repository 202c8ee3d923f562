"""A reply on its way: sent and taken back, and what is typed outlives reloads and lost connections."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, PageErrors
from tests.factories import make_agent, make_ticket
from tickets.models import Draft, Message, Ticket

pytestmark = pytest.mark.usefixtures("transactional_db")
ANSWER = "Please take the second /v1 out of your base URL."
LOST = "net::ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def ticket() -> Ticket:
    return make_ticket(name="Lin Park")


@pytest.fixture
def ticket_page(open_page: NewPage, ticket: Ticket) -> Page:
    page = open_page(make_agent())
    page.goto(f"/tickets/{ticket.number}/")
    return page


def test_a_reply_is_sent_and_taken_back_whole(ticket_page: Page, ticket: Ticket):
    ticket_page.locator("#reply-body").fill(ANSWER)
    ticket_page.get_by_role("button", name="Send to Lin Park").click()
    expect(ticket_page.locator("#undo-send .countdown")).to_contain_text("s")
    expect(ticket_page.locator(".msg").last).to_contain_text("Goes out in a moment")

    ticket_page.keyboard.press("z")

    expect(ticket_page.locator("#reply-body")).to_have_value(ANSWER)
    expect(ticket_page.locator(".msg")).to_have_count(1)
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.OPEN
    assert Message.objects.get(kind="reply").recalled_at is not None


def test_the_bar_follows_to_the_inbox(ticket_page: Page):
    ticket_page.locator("#reply-body").fill(ANSWER)
    ticket_page.get_by_role("button", name="Send to Lin Park").click()
    expect(ticket_page.locator("#undo-send")).to_be_visible()
    ticket_page.goto("/desk/")
    ticket_page.locator("#undo-send").get_by_role("button", name="Undo").click()

    expect(ticket_page.locator("#reply-body")).to_have_value(ANSWER)


def test_ways_to_send_that_ask_something_are_folded_until_asked(ticket_page: Page):
    expect(ticket_page.locator("#closing")).to_be_hidden()
    ticket_page.get_by_label("More ways to send").click()
    ticket_page.get_by_role("link", name="Send and snooze").click()

    expect(ticket_page.locator("#aside")).to_be_visible()
    expect(ticket_page.locator("#closing")).to_be_hidden()


def test_a_draft_outlives_a_reload(ticket_page: Page):
    ticket_page.locator("#reply-body").fill(ANSWER)
    expect(ticket_page.locator("#reply-draft")).to_contain_text("Draft saved")
    ticket_page.reload()

    expect(ticket_page.locator("#reply-body")).to_have_value(ANSWER)
    expect(ticket_page.locator("#reply-draft")).to_contain_text("Draft saved")


def test_two_devices_do_not_overwrite_each_other(open_page: NewPage, ticket: Ticket, page_errors: PageErrors):
    page_errors.expect_words("409")
    agent = make_agent()
    desk, phone = open_page(agent), open_page(agent)
    for page in (desk, phone):
        page.goto(f"/tickets/{ticket.number}/")
    desk.locator("#reply-body").fill("From the desk.")
    expect(desk.locator("#reply-draft")).to_contain_text("Draft saved")

    phone.locator("#reply-body").fill("From the phone.")
    expect(phone.locator("#reply-draft")).to_contain_text("Not saved: you changed this draft elsewhere at")
    assert Draft.objects.get().body == "From the desk."
    phone.reload()
    expect(phone.locator("#reply-body")).to_have_value("From the phone.")
    phone.get_by_role("button", name="Keep this text").click()
    expect(phone.locator("#reply-draft")).to_contain_text("Draft saved")
    assert Draft.objects.get().body == "From the phone."

    desk.locator("#reply-body").fill("From the desk again.")
    desk.get_by_role("button", name="Show that text").click()
    expect(desk.locator("#reply-body")).to_have_value("From the phone.")
    expect(desk.locator("#reply-draft")).to_contain_text("Draft saved")


def test_what_is_typed_without_a_connection_is_kept_and_saved_once_it_is_back(
    ticket_page: Page, page_errors: PageErrors
):
    page_errors.expect_words(LOST)
    body = ticket_page.locator("#reply-body")
    body.fill("Typed while connected.")
    expect(ticket_page.locator("#reply-draft")).to_contain_text("Draft saved")
    ticket_page.context.set_offline(True)
    body.press("End")
    body.press_sequentially(" And without.")
    expect(ticket_page.locator("#reply-draft")).to_contain_text("Not saved: no connection")
    assert Draft.objects.get().body == "Typed while connected."

    ticket_page.context.set_offline(False)

    expect(ticket_page.locator("#reply-draft")).to_contain_text("Draft saved", timeout=15_000)
    expect(body).to_have_value("Typed while connected. And without.")
    assert Draft.objects.get().body == "Typed while connected. And without."


def test_what_was_typed_without_a_connection_outlives_a_reload(ticket_page: Page, page_errors: PageErrors):
    page_errors.expect_words(LOST)
    ticket_page.context.set_offline(True)
    ticket_page.locator("#reply-body").fill(ANSWER)
    expect(ticket_page.locator("#reply-draft")).to_contain_text("Not saved: no connection")
    ticket_page.context.set_offline(False)
    ticket_page.reload()

    expect(ticket_page.locator("#reply-body")).to_have_value(ANSWER)
    expect(ticket_page.locator("#reply-draft")).to_contain_text("Draft saved")


def test_what_was_typed_a_moment_before_a_reload_stands_there_again(ticket_page: Page):
    ticket_page.locator("#reply-body").fill(ANSWER)
    ticket_page.reload()

    expect(ticket_page.locator("#reply-body")).to_have_value(ANSWER)
    expect(ticket_page.locator("#reply-draft")).to_contain_text("Draft saved")
    assert Draft.objects.get().body == ANSWER


def test_the_foot_bar_cuts_nothing_on_the_narrowest_phone(open_page: NewPage):
    ticket = make_ticket(name="Wolfeschlegelsteinhausenbergerdorff Park", language="en")
    page = open_page(make_agent(), viewport={"width": 320, "height": 800})
    page.goto(f"/tickets/{ticket.number}/")

    cut = page.evaluate(
        """() => [...document.querySelectorAll(".foot-bar, .foot-bar .cut, .foot-bar .btn, .foot-bar .clock-line")]
            .filter(one => one.checkVisibility() && (one.scrollWidth > one.clientWidth + 1 && one.clientWidth
                || one.getBoundingClientRect().right > innerWidth))
            .map(one => one.className)"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_z_takes_back_what_was_done_to_the_ticket(ticket_page: Page, ticket: Ticket):
    ticket_page.keyboard.press("i")
    expect(ticket_page.locator("#undo-change")).to_contain_text(f"Assignee of #{ticket.number} changed")

    ticket_page.keyboard.press("z")

    expect(ticket_page.get_by_text(f"Taken back: #{ticket.number} is as it was.")).to_be_visible()
    ticket.refresh_from_db()
    assert ticket.assignee is None
