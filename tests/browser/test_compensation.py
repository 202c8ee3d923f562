"""Billing proposes and may not approve it; a second person does; the customer reads what came of it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.factories import make_admin, make_billing, make_ticket
from tickets.models import Charge, Compensation
from tickets.services import outbox
from tickets.tasks import KINDS

FAILED = (
    "Our clip waited 14 minutes, then this, and 1.20 USD is gone.\n\n"
    '{"code":0,"data":{"task_id":"task_8812047713","task_status":"failed","task_status_msg":"internal error"}}'
)


def test_a_compensation_goes_from_proposal_to_the_customer(open_page: NewPage):
    ticket = make_ticket(FAILED, told={"charged": True, "amount": 1.2}, name="Ingrid Moe")
    outbox.drain(KINDS)
    billing, admin = make_billing(name="Noor Haddad"), make_admin(name="Maya Brandt", undo_seconds=0)

    desk = open_page(billing)
    desk.goto("/charges/")
    desk.get_by_role("checkbox", name="Choose task_8812047713").check()
    desk.get_by_role("button", name="Propose compensation for the chosen").click()
    desk.get_by_label("Reason").fill("The task failed at the provider.")
    desk.get_by_role("button", name="Propose", exact=True).click()
    expect(desk.get_by_text("You proposed it. Somebody else approves it.")).to_be_visible()
    expect(desk.get_by_role("button", name="Approve")).to_have_count(0)

    second = open_page(admin)
    second.goto("/charges/")
    expect(second.get_by_role("link", name=re.compile("Charged for nothing.*1"))).to_be_visible()
    second.goto(f"/compensations/{Compensation.objects.get().pk}/")
    second.get_by_role("button", name="Approve").click()
    second.get_by_label("Reference of the credit").fill("CR-2026-77")
    expect(second.get_by_label("The customer reads")).to_have_value(re.compile("We have credited 1.2 USD"))
    second.get_by_role("button", name="Credited: tell the customer").click()
    expect(second.locator(".page-head .chip")).to_have_text("Credited")
    outbox.drain(KINDS)

    customer = open_page()
    customer.goto(f"/t/{ticket.follow_up_token}/")
    expect(customer.get_by_text("We have credited 1.2 USD to your account")).to_be_visible()
    expect(customer.get_by_text("CR-2026-77")).to_be_visible()
    assert Charge.objects.get().state == "credited"


def test_it_works_without_script(open_page: NewPage):
    make_ticket(FAILED, told={"charged": True, "amount": 1.2})
    outbox.drain(KINDS)

    page = open_page(make_billing(), java_script_enabled=False)
    page.goto("/charges/")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Propose compensation for the chosen").click()
    page.get_by_label("Reason").fill("The task failed at the provider.")
    page.get_by_role("button", name="Propose", exact=True).click()
    page.get_by_role("button", name="Withdraw").click()

    expect(page.locator(".page-head .chip")).to_have_text("Withdrawn")
    assert Charge.objects.get().state == "open"
