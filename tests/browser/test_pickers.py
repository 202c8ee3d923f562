"""The lists over the text, by keyboard alone: `/` puts a reply in, `#` a link to an article."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.factories import make_agent, make_ticket
from tickets.services.faq import load_library

pytestmark = pytest.mark.usefixtures("replies")

CHOSEN = "[role=option][aria-selected=true]"


@pytest.fixture
def text(open_page: NewPage) -> Page:
    """A page with the cursor in an empty reply."""
    load_library()
    ticket = make_ticket(name="Lin Park")
    page = open_page(make_agent())
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#reply-body").fill("")
    return page


def value_of(page: Page) -> str:
    return page.locator("#reply-body").input_value()


def test_a_slash_puts_a_reply_where_the_cursor_is(text: Page):
    text.keyboard.type("Before. /quota")
    expect(text.get_by_role("listbox")).to_be_visible()
    expect(text.locator(CHOSEN)).to_be_visible()
    first = text.locator(CHOSEN).get_attribute("id")
    text.keyboard.press("ArrowDown")
    assert text.locator(CHOSEN).get_attribute("id") != first
    text.keyboard.press("Enter")

    expect(text.get_by_role("listbox")).to_have_count(0)
    assert value_of(text).startswith("Before. Hello Lin Park,")
    assert "/quota" not in value_of(text)


def test_escape_leaves_what_was_typed(text: Page):
    text.keyboard.type("/quota")
    expect(text.get_by_role("listbox")).to_be_visible()
    text.keyboard.press("Escape")
    text.keyboard.type(" limit")

    expect(text.get_by_role("listbox")).to_have_count(0)
    assert value_of(text) == "/quota limit"


def test_a_hash_links_the_article_that_an_error_finds(text: Page):
    text.keyboard.type("See #invalid_api_key")
    expect(text.locator(CHOSEN)).to_have_attribute("id", "option-key-not-recognised")
    text.keyboard.press("Enter")

    expect(text.get_by_role("listbox")).to_have_count(0)
    assert value_of(text).startswith("See [")
    assert value_of(text).endswith("/faq/key-not-recognised)")


def test_enter_pressed_before_the_list_has_come_means_that_list(text: Page):
    text.keyboard.type("See #")
    expect(text.locator(CHOSEN)).to_have_attribute("id", "option-base-url")
    text.keyboard.type("invalid_api_key")
    text.keyboard.press("Enter")

    expect(text.get_by_role("listbox")).to_have_count(0)
    assert value_of(text).endswith("/faq/key-not-recognised)")


def test_a_hash_alone_offers_what_fits_the_cause(text: Page):
    text.keyboard.type("#")
    expect(text.locator(CHOSEN)).to_have_attribute("id", "option-base-url")
    expect(text.get_by_role("listbox")).to_contain_text("fits this cause")
    text.keyboard.press("Enter")

    assert value_of(text).endswith("/faq/base-url)")


def test_a_heading_opens_nothing(text: Page):
    text.keyboard.type("# A heading")
    text.wait_for_timeout(400)

    expect(text.get_by_role("listbox")).to_have_count(0)
    assert value_of(text) == "# A heading"


def test_words_that_find_no_article_stay_as_typed(text: Page):
    text.keyboard.type("See #zebracrossing")
    text.wait_for_timeout(600)
    text.keyboard.press("Enter")

    assert value_of(text) == "See #zebracrossing\n"
