"""The main job, end to end: a pasted error with a key in it becomes an answer behind the customer's link."""

import re

import pytest
from django.apps import apps
from playwright.sync_api import Page, expect

from tests.browser.conftest import AT_THE_DESK, NewPage
from tests.factories import PASSWORD, fake_key, make_agent
from tickets.models import Ticket

pytestmark = pytest.mark.usefixtures("replies")

KEY = fake_key("Zk41")
PASTE = (
    'curl https://api.gateway.invalid/v1/chat/completions -H "Authorization: Bearer {key}" '
    '-d \'{{"model":"gpt-4o-mini","messages":[]}}\'\n\n'
    '{{"error":{{"message":"Incorrect API key provided: {key}.","type":"invalid_request_error","param":null,'
    '"code":"invalid_api_key"}}}}'
)


def test_a_customer_with_a_wrong_key_gets_a_persons_answer(
    open_page: NewPage, page: Page, caplog: pytest.LogCaptureFixture
):
    seen: list[str] = []

    _report(page, seen)
    expect(page.get_by_role("heading", level=2).first).to_have_text("The key is not known to the gateway")
    expect(page.locator(".redacted").first).to_have_text("sk-…Zk41")
    link = _send(page, seen)

    desk = open_page()
    _sign_in(desk)
    _answer(desk, seen)
    _resolve(desk, seen)

    page.goto(link)
    seen.append(page.content())
    expect(page.get_by_label("How it ended")).to_contain_text("The key was cut off when it was copied.")
    expect(page.locator(".msg").last).to_contain_text("Hello")
    _key_is_nowhere(seen, caplog.text)


def _report(page: Page, seen: list[str]) -> None:
    page.goto("/")
    page.get_by_label("Paste what you see").fill(PASTE.format(key=KEY))
    page.get_by_role("button", name="Find the cause").click()
    page.wait_for_url("**/report/")
    seen.append(page.content())
    assert not Ticket.objects.exists()  # nothing is stored before the customer sends it


def _send(page: Page, seen: list[str]) -> str:
    page.get_by_label("E-mail for the answer").fill("lin@client.invalid")
    page.get_by_label("Your name").fill("Lin Park")
    page.get_by_role("button", name="Send report").click()
    page.wait_for_url("**/t/**")
    seen.append(page.content())
    expect(page.get_by_text("We have your report and are working on it.")).to_be_visible()
    return page.url


def _sign_in(desk: Page) -> None:
    agent = make_agent(name="Ana Petrov", undo_seconds=0)
    desk.goto("/desk/")
    desk.get_by_label("E-mail").fill(agent.email)
    desk.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.get_by_role("button", name="Sign in", exact=True).click()
    desk.wait_for_url(AT_THE_DESK)


def _answer(desk: Page, seen: list[str]) -> None:
    desk.locator(".rows").get_by_role("link").first.click()
    desk.wait_for_url("**/tickets/*/")
    seen.append(desk.content())
    card = desk.locator("#verdict-card")
    expect(card.get_by_text("Config mistake")).to_be_visible()
    reason = card.locator(".reasons li").first
    expect(reason).to_contain_text("Incorrect API key provided")
    expect(card.locator("mark").first).to_have_attribute("data-n", "1")
    expect(desk.locator("#reply-body")).to_have_value(re.compile("Lin Park"))
    desk.get_by_role("button", name="Send to Lin Park").click()
    expect(desk.locator(".msg")).to_have_count(2)
    expect(desk.locator(".foot-bar")).to_contain_text("Waiting for the customer")
    expect(desk.locator("#reply-body")).to_have_value("")  # the same answer is not offered again


def _resolve(desk: Page, seen: list[str]) -> None:
    desk.locator(".foot-bar").get_by_role("link", name="Resolve").click()
    outcome = desk.locator("#outcome")
    outcome.get_by_label("In plain words").fill("The key was cut off when it was copied.")
    outcome.get_by_label("Outcome").select_option("customer_fixed")
    outcome.get_by_role("group", name="Charged").get_by_label("no", exact=True).check()
    outcome.get_by_role("button", name="Resolve", exact=True).click()
    expect(desk.get_by_text("This ticket is resolved.")).to_be_visible()
    seen.append(desk.content())


def _key_is_nowhere(pages: list[str], log: str) -> None:
    middle = KEY[8:32]
    rows = "".join(repr(list(model._default_manager.values_list())) for model in apps.get_models())
    assert "Zk41" in rows  # the last four are kept, so the rows were really read
    assert [middle in text for text in (*pages, rows, log)] == [False] * (len(pages) + 2)
