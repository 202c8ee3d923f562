"""A macro from the composer: which fit, all that it would do, doing it and taking it back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Macro, Message, Ticket

pytestmark = pytest.mark.usefixtures("replies")


def open_list(page: Page) -> None:
    page.locator("#composer").get_by_role("link", name="Macros").click()
    expect(page.locator("#editor:popover-open .macro-list")).to_be_visible()


def test_a_macro_is_previewed_run_and_taken_back(open_page: NewPage):
    ticket = make_ticket(name="Lin Park")
    page = open_page(make_agent(name="Ana Petrov"))
    page.goto(f"/tickets/{ticket.number}/")
    open_list(page)
    page.locator("#editor").get_by_role("link", name="Confirm, answer and wait").press("Enter")
    effects = page.get_by_role("list", name="What it does")
    expect(effects).to_be_focused()
    for words in (
        "Confirm the verdict",
        "Assign to Ana Petrov",
        "Reply to Lin Park",
        "waiting for the customer",
    ):
        expect(effects).to_contain_text(words)
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.OPEN

    page.get_by_label("What the customer gets").fill("Please take the second /v1 out of your base URL.")
    page.get_by_role("button", name="Run it").click()

    expect(page.locator("#undo-send")).to_contain_text("Confirm, answer and wait for the customer: done")
    expect(page.locator(".msg").last).to_contain_text("Please take the second /v1")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.verdict_by_person) == (Ticket.Status.WAITING, True)

    page.locator("#undo-send").get_by_role("button", name="Undo").click()

    expect(page.locator("#reply-body")).to_have_value("Please take the second /v1 out of your base URL.")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.verdict_by_person, ticket.assignee) == (Ticket.Status.OPEN, False, None)


def test_what_is_typed_comes_along_into_the_preview(open_page: NewPage):
    Macro.objects.create(
        slug="greet", name="Greet", actions=[{"reply": {"en": "Please look at your base URL."}}]
    )
    ticket = make_ticket()
    page = open_page(make_agent())
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#reply-body").fill("Hello Lin,")
    open_list(page)
    page.locator("#editor").get_by_role("link", name="Greet").click()

    expect(page.get_by_label("What the customer gets")).to_have_value(
        "Hello Lin,\n\nPlease look at your base URL."
    )


def test_escape_closes_it_and_nothing_is_done(open_page: NewPage):
    ticket = make_ticket(VAGUE)
    page = open_page(make_agent())
    page.goto(f"/tickets/{ticket.number}/")
    open_list(page)
    page.locator("#editor").get_by_role("link", name="Take it and ask").click()
    expect(page.locator("#editor .macro")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#editor")).to_be_hidden()
    expect(page.locator("#composer").get_by_role("link", name="Macros")).to_be_focused()
    assert not Message.objects.filter(kind="reply").exists()


def test_an_own_macro_is_written_and_used(open_page: NewPage):
    ticket = make_ticket()
    page = open_page(make_agent(name="Ana Petrov"))
    page.goto("/curation/macros/")
    page.get_by_role("link", name="New macro").click()
    page.get_by_label("Name of the macro").fill("Mine and noted")
    page.locator("#id_assign").select_option("me")
    page.get_by_label("Add a note").fill("Seen with {model}.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".macro-table").first).to_contain_text("Mine and noted")

    page.goto(f"/tickets/{ticket.number}/")
    open_list(page)
    page.locator("#editor").get_by_role("link", name="Mine and noted").click()
    page.get_by_role("button", name="Run it").click()

    expect(page.locator(".msg.note")).to_contain_text("Seen with")
    ticket.refresh_from_db()
    assert str(ticket.assignee) == "Ana Petrov"


def test_without_javascript_a_macro_runs_as_a_plain_form(open_page: NewPage):
    ticket = make_ticket(VAGUE, name="Dev Patel")
    page = open_page(make_agent(name="Ana Petrov"), java_script_enabled=False)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#composer").get_by_role("link", name="Macros").click()
    page.get_by_role("link", name="Take it and ask").click()
    expect(page.get_by_role("list", name="What it does")).to_contain_text("Assign to Ana Petrov")
    page.get_by_role("button", name="Run it").click()

    expect(page.locator("#undo-send")).to_contain_text("the reply to Dev Patel goes out in a moment")
    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.WAITING
