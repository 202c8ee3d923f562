"""What was asked again and again becomes an answer, and the next customer leaves with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, PageErrors
from tests.factories import WRONG_BASE_URL, make_admin, make_agent, make_ticket
from tickets.models import CannedReply, Ticket

pytestmark = pytest.mark.usefixtures("replies")
TITLE, TITLE_ZH = "404, the base URL is not right", "返回 404，Base URL 填写有误"


def test_a_recurring_cause_becomes_an_article_that_spares_a_ticket(open_page: NewPage, page: Page):
    """No article is there at first: five customers wrote, and each got the same answer by hand."""
    for number in range(5):
        make_ticket(name=f"Quentin Vasquez {number}", email=f"quentin{number}@vasquez.invalid")

    write(open_page(make_admin(name="Ana Petrov")))
    review(open_page(make_admin(name="李小红", language="zh-hans")))
    read(page)

    desk = open_page(make_agent())
    desk.goto("/curation/saved/")
    expect(desk.locator(".tile").first).to_contain_text("1reports ended at an article")
    expect(desk.locator("#use ~ .scroller tbody tr")).to_contain_text(TITLE)
    assert Ticket.objects.count() == 5


def write(desk: Page) -> None:
    """The author finds the cause with its tickets, drafts, mends a title and asks for a review."""
    desk.goto("/curation/articles/candidates/")
    expect(desk.locator(".candidate")).to_contain_text("5 tickets")
    desk.get_by_role("button", name="Draft article").click()
    expect(desk.get_by_text("Nothing stands against it.")).to_be_visible()
    desk.get_by_role("link", name="Edit").click()
    expect(desk.locator("body")).not_to_contain_text(re.compile("vasquez", re.IGNORECASE))
    desk.locator("[name=en-title]").fill(TITLE)
    desk.locator("[name=zh-hans-title]").fill(TITLE_ZH)
    desk.get_by_role("button", name="Save and preview in Chinese").click()
    expect(desk.locator("h1")).to_have_text(TITLE_ZH)
    desk.locator("[role=note] a").first.click()
    desk.get_by_role("button", name="Ask for a review").click()
    expect(desk.get_by_text("Somebody else reviews and publishes it.").first).to_be_visible()
    expect(desk.locator("button[value=publish]")).to_have_count(0)


def review(desk: Page) -> None:
    desk.goto("/curation/articles/?state=in_review")
    desk.get_by_role("link", name=TITLE_ZH).click()
    desk.locator("button[value=publish]").click()
    expect(desk.locator(".chip").first).to_have_text("已发布")


def read(page: Page) -> None:
    """The customer pastes the error, opens the answer, and says that it helped."""
    page.goto("/")
    page.locator("#id_text").fill(WRONG_BASE_URL)
    page.locator("form.ask button").click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("pre.code")).to_have_text("Invalid URL (POST /v1/v1/chat/completions)")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("h1")).to_have_text(TITLE_ZH)
    page.locator("form[action$=vote] button").first.click()


def test_a_refused_article_keeps_every_word_without_script(open_page: NewPage, page_errors: PageErrors):
    page_errors.expect(422)
    desk = open_page(make_admin(), java_script_enabled=False)
    desk.goto("/curation/articles/new/")
    desk.locator("[name=en-why]").fill("Typed with care.")
    desk.locator("[name=slug]").fill("my-article")
    desk.locator("[name=related]").fill("no-such-article")
    desk.get_by_role("button", name="Save", exact=True).click()

    expect(desk.locator("[name=en-why]")).to_have_value("Typed with care.")
    expect(desk.locator("p.error").first).to_contain_text("Not saved yet")
    desk.locator("[name=related]").fill("")
    desk.locator("[name=en-title]").fill("A title")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("h1")).to_have_text("A title")


def test_a_reply_is_tried_on_a_ticket_before_it_is_kept(open_page: NewPage, page_errors: PageErrors):
    page_errors.expect(422)
    ticket = make_ticket(name="Lin")
    desk = open_page(make_admin())
    desk.goto(f"/curation/replies/{CannedReply.objects.get(slug='key-invalid').pk}/")
    desk.locator("[name=en-body]").fill("Hello {customer},\n\nplease send us your API key.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".field .error").first).to_be_visible()
    desk.locator("[name=en-body]").fill("Hello {customer},\n\nplease take the second /v1 out.")
    desk.locator("[name=ticket]").fill(str(ticket.number))
    desk.get_by_role("button", name="Preview").click()
    expect(desk.locator(".as-written")).to_contain_text("Hello Lin,")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator("#versions ~ ol li")).to_have_count(2)
