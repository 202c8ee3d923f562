"""The lists over the text, by keyboard alone: `/` puts a reply in, `#` a link to an article."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, NewPage
from tests.factories import make_agent, make_engineer, make_replies, make_ticket
from tickets.models import Mention
from tickets.services.faq.library import load_library

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
    text.keyboard.press("ArrowDown")
    expect(text.locator(CHOSEN)).to_be_visible()
    first = text.locator(CHOSEN).get_attribute("id")
    text.keyboard.press("ArrowDown")
    assert text.locator(CHOSEN).get_attribute("id") != first
    text.keyboard.press("Enter")

    expect(text.get_by_role("listbox")).to_have_count(0)
    assert value_of(text).startswith("Before. Hello Lin Park,")
    assert "/quota" not in value_of(text)


def test_a_reply_with_the_words_in_its_title_comes_before_those_that_only_say_them(text: Page):
    text.keyboard.type("/task failed")

    expect(text.locator(CHOSEN).locator(".option-title")).to_contain_text("task failed", ignore_case=True)


def test_of_more_replies_than_the_list_holds_each_is_found(text: Page):
    make_replies(2_000)
    text.keyboard.type("/")
    expect(text.get_by_role("listbox")).to_contain_text("There are more.")
    text.keyboard.type("wording 1999")
    expect(text.locator(CHOSEN)).to_have_attribute("id", "option-own-1999")
    expect(text.get_by_role("listbox")).not_to_contain_text("There are more.")
    text.keyboard.press("Enter")

    assert value_of(text) == "Dear Lin Park, wording 1999."


def test_words_that_are_there_before_the_list_are_looked_for_among_all(text: Page):
    make_replies(2_000)
    text.keyboard.insert_text("/wording 1999")

    expect(text.locator(CHOSEN)).to_have_attribute("id", "option-own-1999")


@pytest.mark.parametrize(
    "line", ["Use /v1", "/models", "Take the /key", "用 /v1", "It carried /v1 twice", "number #1", "See #12"]
)
def test_a_path_or_a_number_at_the_end_of_a_line_is_no_choice(text: Page, line: str):
    text.keyboard.type(line)
    text.wait_for_timeout(500)  # the list is there by now, if there is one
    expect(text.locator(CHOSEN)).to_have_count(0)
    text.keyboard.press("Enter")

    expect(text.get_by_role("listbox")).to_have_count(0)
    assert value_of(text) == f"{line}\n"


def test_a_bare_slash_and_a_chosen_entry_are_put_in_by_enter(text: Page):
    text.keyboard.type("Use /")
    expect(text.locator(CHOSEN)).to_be_visible()
    text.keyboard.type("key")
    expect(text.locator(CHOSEN)).to_have_count(0)
    text.keyboard.press("ArrowDown")
    expect(text.locator(CHOSEN)).to_be_visible()
    text.keyboard.press("Enter")
    assert value_of(text).startswith("Use Hello Lin Park,")

    text.locator("#reply-body").fill("")
    text.keyboard.type("/")
    expect(text.locator(CHOSEN)).to_be_visible()
    text.keyboard.press("Enter")
    assert value_of(text).startswith("Hello Lin Park,")


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


@contextmanager
def held_list(page: Page, words: str) -> Iterator[None]:
    """Meanwhile the list of these words is asked for and does not come."""
    held: list[Route] = []
    page.route(re.compile(rf"\?q={words}$"), lambda route: held.append(route))
    yield
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()


def test_enter_after_a_list_of_fewer_letters_came_to_nothing_means_the_one_that_is_coming(text: Page):
    text.keyboard.type("See #")
    expect(text.locator(CHOSEN)).to_have_attribute("id", "option-base-url")
    text.keyboard.type("zebracross")
    expect(text.get_by_role("listbox")).to_have_count(0)
    for _ in "zebracross":
        text.keyboard.press("Shift+ArrowLeft")
    with held_list(text, "invalid_api_key"):
        text.keyboard.insert_text("invalid_api_key")
        text.keyboard.press("Enter")
        assert value_of(text) == "See #invalid_api_key"

    expect(text.locator("#reply-body")).to_have_value(re.compile(r"/faq/key-not-recognised\)$"))


def test_enter_before_a_list_that_comes_to_nothing_is_a_new_line(text: Page):
    text.keyboard.type("See #")
    expect(text.locator(CHOSEN)).to_have_attribute("id", "option-base-url")
    with held_list(text, "zebracrossing"):
        text.keyboard.insert_text("zebracrossing")
        text.keyboard.press("Enter")
        assert value_of(text) == "See #zebracrossing"

    expect(text.locator("#reply-body")).to_have_value("See #zebracrossing\n")


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


def test_an_at_sign_in_a_note_calls_a_colleague(text: Page):
    li = make_engineer(name="Li Wei")
    text.keyboard.press("Escape")
    text.locator("label", has_text="Note").first.click()
    text.locator("#note-body").fill("")
    text.keyboard.type("mail a@b.test, @li w")
    expect(text.locator(CHOSEN)).to_contain_text("Li Wei")
    text.keyboard.press("Enter")
    expect(text.get_by_role("listbox")).to_have_count(0)
    text.keyboard.type("please look")
    assert text.locator("#note-body").input_value() == "mail a@b.test, @Li Wei please look"
    text.get_by_role("button", name="Add note").click()

    expect(text.get_by_text("Told by mail: Li Wei")).to_be_visible()
    assert Mention.objects.get().person == li


def test_an_at_sign_in_a_reply_opens_nothing(text: Page):
    text.keyboard.type("Dear @agent")
    text.wait_for_timeout(400)

    expect(text.get_by_role("listbox")).to_have_count(0)


def test_on_a_phone_the_title_of_all_replies_stays_on_one_line(open_page: NewPage):
    ticket = make_ticket(subject="429 on every call although the balance is fine " * 3)
    phone = open_page(make_agent(language="zh-hans"), viewport=PHONE)
    phone.goto(f"/tickets/{ticket.number}/replies/")
    title = phone.get_by_role("heading", level=1)

    height = title.evaluate("each => each.getBoundingClientRect().height")
    assert height < 1.5 * title.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
