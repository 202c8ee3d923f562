import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, PageErrors
from tests.factories import make_agent, make_ticket
from tickets.models import Message, Ticket

pytestmark = pytest.mark.usefixtures("transactional_db")
MUST_NOT_GO_OUT = "Please send us your full API key so that we can test it."


@pytest.fixture
def ticket_page(open_page: NewPage) -> Page:
    ticket = make_ticket()
    page = open_page(make_agent())
    page.goto(f"/tickets/{ticket.number}/")
    return page


def test_a_reply_that_asks_for_a_key_is_held_back_with_its_text(ticket_page: Page, page_errors: PageErrors):
    page_errors.expect(422)
    ticket_page.get_by_label("Reply", exact=True).last.fill(MUST_NOT_GO_OUT)
    ticket_page.locator(".send-reply button.btn-main").first.click()

    held = ticket_page.get_by_role("alert")
    expect(held).to_contain_text("Not sent.")
    expect(ticket_page.locator("#reply-body")).to_have_value(MUST_NOT_GO_OUT)
    assert not Message.objects.filter(kind=Message.Kind.REPLY).exists()


def test_the_words_that_hold_a_reply_back_are_selected_on_demand(ticket_page: Page, page_errors: PageErrors):
    page_errors.expect(422)
    ticket_page.locator("#reply-body").fill(MUST_NOT_GO_OUT)
    ticket_page.locator(".send-reply button.btn-main").first.click()
    words = ticket_page.locator("#held .blank").first
    words.click()

    selected = ticket_page.evaluate(
        "() => { const t = document.activeElement; return t.value.slice(t.selectionStart, t.selectionEnd) }"
    )
    assert selected == words.text_content()


def test_control_and_enter_sends(ticket_page: Page):
    ticket_page.locator("#reply-body").fill("Please take the second /v1 out of your base URL.")
    ticket_page.keyboard.press("Control+Enter")

    expect(ticket_page.locator(".msg")).to_have_count(2)
    assert Message.objects.filter(kind=Message.Kind.REPLY).count() == 1


def test_a_click_on_a_tab_puts_the_cursor_into_its_text(ticket_page: Page):
    ticket_page.locator("label", has_text="Note").first.click()
    expect(ticket_page.locator("#note-body")).to_be_focused()
    ticket_page.keyboard.type("Ask Ann")
    expect(ticket_page.locator("#note-body")).to_have_value("Ask Ann")
    expect(ticket_page.locator("details.menu[open]")).to_have_count(0)
    ticket_page.locator("label", has_text="Reply").first.click()

    expect(ticket_page.locator("#reply-body")).to_be_focused()


def test_a_note_looks_different_and_stays_at_the_desk(ticket_page: Page, open_page: NewPage):
    composer = ticket_page.locator("#composer")
    plain = composer.evaluate("element => getComputedStyle(element).borderStyle")
    composer.locator(".tabs label").filter(has_text="Note").click()
    assert (plain, composer.evaluate("element => getComputedStyle(element).borderStyle")) == (
        "solid",
        "dashed",
    )
    expect(ticket_page.locator(".send-reply")).to_be_hidden()
    ticket_page.locator("#note-body").fill("Their integrator moved them last night.")
    ticket_page.get_by_role("button", name="Add note").click()

    expect(ticket_page.locator(".msg.note")).to_contain_text("Their integrator")
    customer = open_page()
    customer.goto(f"/t/{Ticket.objects.get().follow_up_token}/")
    expect(customer.locator(".msg")).to_have_count(1)
    assert "Their integrator" not in customer.content()
