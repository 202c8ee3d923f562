"""An engineer takes an escalation from the gate through to resolved, by keys and forms."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.factories import make_agent, make_engineer, make_ticket
from tickets.models import Escalation, Ticket
from tickets.services.escalation import escalate

UPSTREAM = (
    "gpt-4o fails since noon.\n\nHTTP/1.1 503 Service Unavailable\n\n"
    '{"error":{"message":"upstream connect error","type":"upstream_error","code":"bad_response_status_code"}}\n'
    "request id: req_7d6c5b4a39281706"
)


def make_escalated() -> Ticket:
    ticket = make_ticket(UPSTREAM, name="Lin Park")
    escalate(ticket, by=make_agent(name="Ana Petrov"), reason="The route is down.")
    return ticket


def test_an_engineer_takes_an_escalation_through_to_resolved(open_page: NewPage):
    ticket = make_escalated()
    desk = open_page(make_engineer(name="Jonas Lind", undo_seconds=0))

    desk.goto("/desk/")
    desk.keyboard.press("g")
    desk.keyboard.press("e")
    desk.wait_for_url("**/review/")
    expect(desk.get_by_role("heading", name="Packet")).to_be_visible()
    expect(desk.locator(".packet")).to_contain_text("req_7d6c5b4a39281706")

    desk.keyboard.press("1")
    desk.wait_for_url("**/review/*/?view=gate")
    expect(desk.locator(".handoff")).to_contain_text("Jonas Lind")

    _complete_the_card(desk)
    _resolve(desk, ticket)

    desk.goto("/review/?view=mine")
    expect(desk.get_by_text("You have taken nothing that is open.")).to_be_visible()
    assert Escalation.objects.get().closed_at is not None


def _complete_the_card(desk: Page) -> None:
    desk.keyboard.press("c")
    desk.wait_for_url("**/escalation/card/**")
    mitigation = desk.get_by_label("Mitigation")
    mitigation.press_sequentially("The channel is slow")
    expect(desk.locator("#vague-mitigation")).to_contain_text("how long it takes")
    mitigation.fill("Channel 3 switched off at 12:40 UTC; 0 of 30 requests fail since.")
    expect(desk.locator("#vague-mitigation")).to_have_text("")
    desk.get_by_role("button", name="Save").click()
    desk.wait_for_url("**/review/**")
    expect(desk.locator(".handoff")).to_contain_text("0 of 30 requests fail since.")


def _resolve(desk: Page, ticket: Ticket) -> None:
    desk.keyboard.press("o")
    desk.wait_for_url(f"**/tickets/{ticket.number}/")
    expect(desk.get_by_label("Escalation", exact=True)).to_contain_text("taken")
    desk.locator(".foot-bar").get_by_role("link", name="Resolve").click()
    outcome = desk.locator("#outcome")
    outcome.get_by_label("In plain words").fill("A channel of ours failed. It was switched off.")
    outcome.get_by_label("Outcome").select_option("gateway_fixed")
    outcome.get_by_role("group", name="Charged").get_by_label("no", exact=True).check()
    outcome.get_by_role("button", name="Resolve", exact=True).click()
    expect(desk.get_by_text("This ticket is resolved.")).to_be_visible()
    assert Ticket.objects.get().is_resolved


def test_the_gate_works_without_script(open_page: NewPage):
    ticket = make_escalated()
    desk = open_page(make_engineer(name="Jonas Lind"), java_script_enabled=False)
    desk.goto("/review/")

    desk.locator("summary", has_text="Need evidence").click()
    desk.get_by_label("In your own words").fill("Which of the two keys?")
    desk.get_by_role("button", name="Send it back").click()

    expect(desk.get_by_text("Nothing waits for a decision.")).to_be_visible()
    desk.goto(f"/tickets/{ticket.number}/")
    expect(desk.locator("#conversation")).to_contain_text("Which of the two keys?")


def test_keys_open_what_a_decision_needs(open_page: NewPage):
    make_escalated()
    desk = open_page(make_engineer())
    desk.goto("/review/")

    desk.keyboard.press("4")
    reason = desk.get_by_label("Why, and what to do instead")
    expect(reason).to_be_focused()
    reason.fill("Their own proxy answers; see the header.")
    desk.get_by_role("button", name="Decline it").click()

    expect(desk.get_by_text("It was declined.")).to_be_visible()
    assert Ticket.objects.get().events.filter(kind="escalation_declined").exists()


def test_on_a_phone_queue_and_card_are_two_pages(open_page: NewPage):
    make_escalated()
    phone = open_page(make_engineer(), viewport={"width": 390, "height": 844})
    phone.goto("/review/")
    expect(phone.locator(".handoff")).to_be_hidden()

    phone.locator(".queue .cover").click()
    phone.wait_for_url(re.compile(r"/review/\d+/"))

    expect(phone.locator(".handoff")).to_be_visible()
    expect(phone.locator(".queue")).to_be_hidden()
