import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.factories import VAGUE, make_agent, make_ticket

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def ticket_page(open_page: NewPage) -> Page:
    ticket = make_ticket(VAGUE)
    page = open_page(make_agent())
    page.goto(f"/tickets/{ticket.number}/")
    return page


def cell(page: Page, label: str):
    return page.locator("#strip a.cell").filter(has_text=label).first


def test_a_value_is_set_in_the_popover_and_judged_anew(ticket_page: Page):
    cell(ticket_page, "Status").click()
    editor = ticket_page.locator("#editor")
    editor.get_by_label("Status").fill("429")
    editor.get_by_role("button", name="Save").click()

    expect(cell(ticket_page, "Status")).to_contain_text("429")
    expect(editor).to_be_hidden()
    expect(cell(ticket_page, "Status")).to_be_focused()
    expect(ticket_page.locator("#conversation")).to_contain_text("set http_status to 429")


def test_escape_closes_the_popover_and_gives_the_focus_back(ticket_page: Page):
    cell(ticket_page, "Model").focus()
    ticket_page.keyboard.press("Enter")
    expect(ticket_page.locator("#editor").get_by_label("Model")).to_be_focused()

    ticket_page.keyboard.press("Escape")

    expect(ticket_page.locator("#editor")).to_be_hidden()
    expect(cell(ticket_page, "Model")).to_be_focused()


def test_a_value_that_does_not_fit_is_refused_with_what_would(ticket_page: Page):
    cell(ticket_page, "Status").click()
    editor = ticket_page.locator("#editor")
    editor.get_by_label("Status").fill("broken")
    editor.get_by_role("button", name="Save").click()

    expect(editor.locator(".error")).to_be_visible()
    expect(editor.get_by_label("Status")).to_have_value("broken")
