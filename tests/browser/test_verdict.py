import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, PageErrors
from tests.factories import make_agent, make_ticket

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def ticket_page(open_page: NewPage) -> Page:
    ticket = make_ticket()
    page = open_page(make_agent(name="Ana Petrov"))
    page.goto(f"/tickets/{ticket.number}/")
    return page


def test_every_reason_has_its_number_at_the_words_that_made_it(ticket_page: Page):
    card = ticket_page.locator("#verdict-card")
    for number in range(1, card.locator(".reasons li").count() + 1):
        words = card.locator(".reasons li").nth(number - 1).locator(".said")
        marks = card.locator(f"mark[data-n='{number}']")
        if words.count():
            expect(words.first).to_have_attribute("href", f"#mark-{number}")
            assert marks.count() >= 1


def test_a_person_confirms_the_verdict(ticket_page: Page):
    ticket_page.get_by_role("button", name="Right").click()

    expect(ticket_page.locator("#verdict-card")).to_contain_text("decided by Ana Petrov")
    expect(ticket_page.get_by_role("button", name="Right")).to_have_count(0)


def test_a_person_overrules_the_verdict_and_says_why(ticket_page: Page):
    card = ticket_page.locator("#verdict-card")
    card.locator("summary", has_text="Not this").click()
    card.get_by_label("It is rather").select_option(label="There is no such path at the gateway")
    card.get_by_label("Why").fill("The gateway never offered this path.")
    card.get_by_role("button", name="Decide").click()

    expect(card.get_by_role("heading", level=2)).to_have_text("There is no such path at the gateway")
    expect(card).to_contain_text("The gateway never offered this path.")
    expect(card).to_contain_text("decided by Ana Petrov")


def test_an_overruling_without_a_reason_is_refused_and_stays_open(ticket_page: Page, page_errors: PageErrors):
    page_errors.expect(422)
    card = ticket_page.locator("#verdict-card")
    card.locator("summary", has_text="Not this").click()
    card.get_by_label("It is rather").select_option("gateway.bug")
    card.get_by_label("Why").evaluate("field => field.required = false")
    card.get_by_role("button", name="Decide").click()

    expect(card.locator(".error")).to_contain_text("Say in a sentence what shows it.")
    expect(card.get_by_label("Why")).to_be_visible()
