"""Every step of the main job with JavaScript switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.factories import VAGUE, WRONG_BASE_URL, make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.faq.library import load_library

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_a_customer_reports_and_writes_back(open_page: NewPage):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Paste what you see").fill(WRONG_BASE_URL)
    page.get_by_role("button", name="Find the cause").click()
    page.get_by_label("E-mail for the answer").fill("mina@client.invalid")
    page.get_by_role("button", name="Send report").click()
    page.get_by_label("Write back").fill("It is the same with another model.")
    page.get_by_role("button", name="Send").click()

    expect(page.locator(".msg").last).to_contain_text("another model")


def test_an_agent_works_a_ticket_from_evidence_to_outcome(open_page: NewPage):
    ticket = make_ticket(VAGUE, name="Dev Patel")
    page = open_page(make_agent(name="Ana Petrov"), java_script_enabled=False)
    page.goto("/desk/")
    page.locator(".rows").get_by_role("link").first.click()

    _set_model(page)
    _take_and_escalate(page)
    page.locator("#reply-body").fill("Which base URL do you call?")
    page.get_by_role("button", name="Send to Dev Patel").click()
    _resolve(page)

    ticket.refresh_from_db()
    kinds = ["evidence_set", "assigned", "escalated", "replied", "resolved"]
    assert ticket.status == Ticket.Status.RESOLVED
    assert [event.kind for event in ticket.events.order_by("position") if event.kind in kinds] == kinds


def _set_model(page: Page) -> None:
    page.locator("#strip a.cell", has_text="Model").click()
    page.get_by_label("Model").fill("gpt-4o")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#strip")).to_contain_text("gpt-4o")


def _take_and_escalate(page: Page) -> None:
    page.locator(".toolbar summary", has_text="Assign").click()
    page.get_by_role("button", name="Take it").click()
    page.locator(".toolbar summary", has_text="Escalate").click()
    page.get_by_label("Why does an engineer need").fill("Several customers say the same.")
    page.locator(".toolbar").get_by_role("button", name="Escalate").click()
    expect(page.get_by_label("Escalation")).to_contain_text("no engineer has taken it yet")


def _resolve(page: Page) -> None:
    page.locator("#outcome summary").click()
    page.locator("#outcome").get_by_label("In plain words").fill("It came back by itself.")
    page.locator("#outcome").get_by_label("Outcome").select_option("provider_recovered")
    page.locator("#outcome").get_by_role("button", name="Resolve", exact=True).click()
    expect(page.get_by_role("button", name="Open again")).to_be_visible()


def test_an_answer_is_saved_linked_sent_and_taken_back(open_page: NewPage):
    load_library()
    ticket = make_ticket(name="Dev Patel")
    page = open_page(make_agent(), java_script_enabled=False)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#reply-body").fill("Please look here:")
    page.locator("#reply-form").get_by_role("button", name="Save draft").click()
    page.get_by_role("link", name="Link an article").click()
    page.get_by_role("link", name="Put the link into the reply").first.click()
    expect(page.locator("#reply-body")).to_have_value(
        re.compile(r"^Please look here:\n\n\[.+/faq/base-url\)$")
    )

    page.get_by_role("button", name="Send to Dev Patel").click()
    page.locator("#undo-send").get_by_role("button", name="Undo").click()
    expect(page.locator("#reply-body")).to_have_value(re.compile("^Please look here:"))


def test_the_status_is_set_while_sending_and_by_snoozing(open_page: NewPage):
    ticket = make_ticket(name="Dev Patel")
    page = open_page(make_agent(), java_script_enabled=False)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#reply-body").fill("We look into it.")
    page.get_by_label("More ways to send").click()
    page.get_by_role("button", name="Send and keep it with us").click()
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.OPEN

    page.locator("#composer .tabs label", has_text="Reply").click()
    page.locator("#reply-body").fill("Please tell us the model.")
    page.get_by_label("More ways to send").click()
    page.get_by_role("link", name="Send and snooze").click()
    page.locator("#aside").get_by_role("button", name="Send and snooze").click()
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.SNOOZED
