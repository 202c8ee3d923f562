"""Where the focus goes after a piece of the page was exchanged: never lost, never at the top."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, PageErrors
from tests.factories import VAGUE, make_admin, make_agent, make_ticket
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


def test_what_was_done_is_said_and_leaves_the_focus_where_it_was_done(ticket_page: Page):
    number = Ticket.objects.get().number
    said = ticket_page.locator("#said")

    ticket_page.keyboard.press("1")
    expect(said).to_contain_text(f"Verdict of #{number} confirmed")
    expect(ticket_page.locator("#verdict-card")).to_be_focused()
    ticket_page.keyboard.press("z")
    expect(said).to_contain_text(f"Taken back: #{number} is as it was.")
    expect(ticket_page.locator("h1")).to_be_focused()
    ticket_page.keyboard.press("i")
    expect(said).to_contain_text(f"Assignee of #{number} changed")
    expect(ticket_page.locator("#assignment summary")).to_be_focused()
    ticket_page.locator("#snooze-menu summary").click()
    ticket_page.get_by_role("button", name="Until the customer answers").click()
    expect(said).to_contain_text(f"#{number} snoozed")
    expect(ticket_page.locator("#snooze-menu summary")).to_be_focused()
    ticket_page.keyboard.press("n")
    ticket_page.keyboard.type("Only for us.")
    ticket_page.keyboard.press("Control+Enter")
    expect(said).to_contain_text("Note added.")
    expect(ticket_page.locator("#conversation > :last-child")).to_be_focused()

    ticket_page.locator("#reply-body").evaluate("field => { field.value = '' }")
    ticket_page.keyboard.press("r")
    ticket_page.locator("#reply-body").fill("Take out the second /v1.")
    ticket_page.keyboard.press("Control+Enter")
    expect(said).to_contain_text("goes out in a moment")
    expect(ticket_page.locator("#conversation > :last-child")).to_be_focused()
    ticket_page.keyboard.press("z")
    expect(said).to_contain_text("Taken back. Nothing went out")
    expect(ticket_page.locator("#reply-body")).to_be_focused()
    expect(ticket_page.locator("#reply-body")).to_be_in_viewport()


def test_a_reply_that_is_held_back_leads_to_what_holds_it(
    open_page: NewPage, ana: Person, page_errors: PageErrors
):
    page_errors.expect(422)
    ticket = make_ticket(VAGUE)
    phone = open_page(ana, viewport={"width": 320, "height": 700})
    phone.goto(f"/tickets/{ticket.number}/")
    phone.locator("#reply-body").fill("Please send me your API key.")
    phone.locator("#reply-body").press("Control+Enter")

    held = phone.locator("#held")
    expect(held).to_be_focused()
    foot = phone.locator(".foot-bar").bounding_box()
    place = held.bounding_box()
    assert foot
    assert place
    assert place["y"] >= 0
    assert place["y"] + place["height"] <= foot["y"]


def test_the_first_field_to_mend_is_that_of_the_page(open_page: NewPage, page_errors: PageErrors):
    page_errors.expect(422)
    admin = make_admin()
    for script in (True, False):
        desk = open_page(admin, java_script_enabled=script)
        desk.goto("/curation/work/calendars/new/")
        desk.locator("#id_name").fill("Office")
        desk.get_by_label("Thursday").fill("nine to five")
        desk.locator("#id_holidays").fill("Christmas")
        desk.get_by_role("button", name="Save").click()
        expect(desk.get_by_label("Thursday")).to_be_focused()
        desk.locator("#id_holidays").fill("")
        desk.get_by_role("button", name="Save").click()
        expect(desk.get_by_label("Thursday")).to_be_focused()

        desk.goto("/curation/work/assignment/new/")
        desk.locator("#id_name").fill("All")
        desk.get_by_role("button", name="Save").click()
        expect(desk.locator("input[name=people]").first).to_be_focused()


def test_what_is_being_loaded_is_busy_and_then_no_longer(ticket_page: Page):
    ticket_page.evaluate(
        """() => document.addEventListener('htmx:beforeSend', (event) => {
            document.body.dataset.busy = event.detail.target.getAttribute('aria-busy') })"""
    )
    ticket_page.locator("#tab-account").click()
    expect(ticket_page.locator("#tab-account")).to_have_attribute("aria-current", "true")

    expect(ticket_page.locator("body")).to_have_attribute("data-busy", "true")
    expect(ticket_page.locator("[aria-busy=true]")).to_have_count(0)
