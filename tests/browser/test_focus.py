"""Where the focus goes after a piece of the page was exchanged: never lost, never at the top."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, PageErrors
from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Person, Ticket

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def ana() -> Person:
    return make_agent(name="Ana Petrov")


@pytest.fixture
def ticket_page(open_page: NewPage, ana: Person) -> Page:
    ticket = make_ticket(VAGUE)
    page = open_page(ana)
    page.goto(f"/tickets/{ticket.number}/")
    return page


@pytest.mark.parametrize("name", ["Incident", "Account", "Checklist", "History", "Similar"])
def test_a_tab_of_the_context_keeps_the_focus(ticket_page: Page, name: str):
    if name == "Similar":
        ticket_page.locator("#tab-history").click()
        expect(ticket_page.locator("#tab-history")).to_have_attribute("aria-current", "true")
    tab = ticket_page.locator(f"#tab-{name.lower()}")
    tab.focus()
    ticket_page.keyboard.press("Enter")

    expect(tab).to_have_attribute("aria-current", "true")
    expect(tab).to_be_focused()


def test_kinds_of_history_and_of_the_conversation_keep_the_focus(ticket_page: Page):
    ticket_page.locator("#tab-history").click()
    for area in ("#context .kinds", "#conversation nav"):
        link = ticket_page.locator(f"{area} a").last
        link.focus()
        ticket_page.keyboard.press("Enter")

        expect(ticket_page.locator(f"{area} a").last).to_have_attribute("aria-current", "true")
        expect(ticket_page.locator(f"{area} a").last).to_be_focused()


def test_a_point_added_to_the_checklist_leaves_the_focus_in_its_field(ticket_page: Page):
    ticket_page.locator("#tab-checklist").click()
    field = ticket_page.locator(
        "#context .add-point input[type=text], #context .add-point input:not([type])"
    ).first
    field.fill("Ask the provider")
    field.press("Enter")

    expect(ticket_page.locator("#context")).to_contain_text("Ask the provider")
    expect(ticket_page.locator("#context .add-point input:not([type=hidden])").first).to_be_focused()


def test_a_row_that_left_the_list_gives_the_focus_to_the_next(open_page: NewPage, ana: Person):
    tickets = [make_ticket(VAGUE, email=f"writer{at}@example.org") for at in range(3)]
    desk = open_page(ana)
    desk.goto("/desk/?view=us")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(desk.locator(f"#ticket-{tickets[1].number} .row-title a")).to_be_focused()
    desk.keyboard.press("h")
    desk.locator("#editor button[name=choice][value=reply]").click()

    expect(desk.locator(f"#ticket-{tickets[1].number}")).to_have_count(0)
    expect(desk.locator(f"#ticket-{tickets[2].number} .row-title a")).to_be_focused()


def test_a_refused_form_puts_the_focus_on_the_first_field_to_mend(
    open_page: NewPage, ana: Person, page_errors: PageErrors
):
    page_errors.expect(422)
    make_ticket(VAGUE)
    desk = open_page(ana)
    desk.goto(f"/desk/changes/overrule/?number={Ticket.objects.get().number}")
    desk.get_by_label("It is rather").select_option("gateway.bug")
    desk.locator("textarea").evaluate("field => field.removeAttribute('required')")
    desk.get_by_role("button", name="Set verdict").click()

    expect(desk.locator("#main .error")).to_be_visible()
    expect(desk.locator("#main [aria-invalid=true]").first).to_be_focused()


def test_what_is_being_loaded_is_busy_and_then_no_longer(ticket_page: Page):
    ticket_page.evaluate(
        """() => document.addEventListener('htmx:beforeSend', (event) => {
            document.body.dataset.busy = event.detail.target.getAttribute('aria-busy') })"""
    )
    ticket_page.locator("#tab-account").click()
    expect(ticket_page.locator("#tab-account")).to_have_attribute("aria-current", "true")

    expect(ticket_page.locator("body")).to_have_attribute("data-busy", "true")
    expect(ticket_page.locator("[aria-busy=true]")).to_have_count(0)
