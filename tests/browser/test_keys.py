"""Working by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Message, Outcome, Person, Ticket

pytestmark = pytest.mark.usefixtures("replies")


@pytest.fixture
def agent(transactional_db: None) -> Person:
    return make_agent(name="Ana Petrov")


@pytest.fixture
def desk(open_page: NewPage, agent: Person) -> Page:
    return open_page(agent)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_triaging_three_tickets_by_keyboard_only(desk: Page, agent: Person):
    first, second, third = (make_ticket(name=name) for name in ("Lin Park", "Ada Obi", "Mina Okafor"))
    desk.goto("/desk/?view=us")

    press(desk, "j", "Enter")  # the first: accept the verdict, take it, answer
    desk.wait_for_url(f"**/tickets/{first.number}/")
    press(desk, "1")
    expect(desk.get_by_text("decided by Ana Petrov")).to_be_visible()
    press(desk, "i")
    expect(desk.locator("#assignment summary")).to_contain_text("Ana Petrov")
    press(desk, "r")
    expect(desk.locator("#reply-body")).to_be_focused()
    press(desk, "End", "Control+Enter")
    expect(desk.locator("#status")).to_contain_text("Waiting for the customer", timeout=15_000)

    press(desk, "]")  # the second: a note, then close and next
    desk.wait_for_url(f"**/tickets/{second.number}/")
    press(desk, "n")
    desk.keyboard.type("jkl is no shortcut here")
    press(desk, "Control+Enter")
    expect(desk.locator(".msg.note")).to_contain_text("jkl is no shortcut here")
    press(desk, "Shift+e")
    desk.keyboard.type("The base URL carried /v1 twice.")
    press(desk, "Control+Enter")
    expect(desk.locator("#outcome-result")).to_be_focused()  # how it ended is nobody's guess
    desk.keyboard.type("the cust")
    press(desk, "Control+Enter")

    desk.wait_for_url(f"**/tickets/{third.number}/#main")  # the third: not this verdict
    press(desk, "3")
    expect(desk.locator("#judgement select")).to_be_focused()
    desk.keyboard.type("There")
    press(desk, "Tab")
    desk.keyboard.type("Their proxy rewrites the path.")
    press(desk, "Tab", "Enter")
    expect(desk.get_by_text("decided by Ana Petrov")).to_be_visible()
    press(desk, "u")
    desk.wait_for_url("**/desk/?view=us")

    first.refresh_from_db()
    second.refresh_from_db()
    third.refresh_from_db()
    assert (first.status, first.verdict_by_person, first.assignee) == ("waiting", True, agent)
    assert (second.status, Outcome.objects.get().plain) == ("resolved", "The base URL carried /v1 twice.")
    assert third.verdict_by_person
    assert Message.objects.filter(kind="reply", author=agent).count() == 1


def test_moving_selecting_and_ranges_in_the_list(desk: Page):
    numbers = [make_ticket(f"number {at}").number for at in range(4)]
    desk.goto("/desk/?view=us")

    press(desk, "j", "x", "j", "ArrowDown", "Shift+x")

    expect(desk.get_by_text("3 selected")).to_be_visible()
    ticked = desk.locator("tbody .check:checked")
    assert [box.get_attribute("value") for box in ticked.all()] == [str(number) for number in numbers[:3]]
    press(desk, "k", "x")
    expect(desk.get_by_text("2 selected")).to_be_visible()
    press(desk, "o")
    desk.wait_for_url(f"**/tickets/{numbers[1]}/")


def test_before_and_after_follow_the_list_over_its_pages(desk: Page):
    numbers = [make_ticket(f"number {at}").number for at in range(52)]
    desk.goto("/desk/?view=us")
    desk.get_by_role("link", name="number 49", exact=True).click()
    desk.wait_for_url(f"**/tickets/{numbers[49]}/")

    expect(desk.locator("[data-after]")).to_have_attribute("href", f"/tickets/{numbers[50]}/")
    press(desk, "]")
    desk.wait_for_url(f"**/tickets/{numbers[50]}/")
    press(desk, "[")
    desk.wait_for_url(f"**/tickets/{numbers[49]}/")
    press(desk, "[")
    desk.wait_for_url(f"**/tickets/{numbers[48]}/")


def test_keys_do_nothing_in_fields_with_modifiers_or_while_composing(desk: Page):
    make_ticket(VAGUE)
    desk.goto("/desk/?view=us")
    desk.get_by_role("searchbox").focus()
    desk.keyboard.type("jx?")
    expect(desk.get_by_role("searchbox")).to_have_value("jx?")
    desk.locator("h1").click()
    press(desk, "Alt+j", "Meta+j")
    for event in (
        "{key: 'j', isComposing: true}",
        "{key: 'j', keyCode: 229}",
        "{key: '?', isComposing: true}",
    ):
        desk.evaluate(
            f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{bubbles: true, ...{event}}}))"
        )

    assert desk.locator("tr.is-current").count() == 0
    assert desk.locator("dialog[open]").count() == 0
    desk.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, key: 'j'}))")
    assert desk.locator("tr.is-current").count() == 1  # the same event counts when nothing is composed


def test_a_real_input_method_composes_undisturbed(desk: Page):
    make_ticket(VAGUE)
    desk.goto("/desk/?view=us")
    session = desk.context.new_cdp_session(desk)
    desk.get_by_role("searchbox").focus()
    session.send("Input.imeSetComposition", {"text": "x", "selectionStart": 1, "selectionEnd": 1})
    session.send("Input.insertText", {"text": "限流"})

    expect(desk.get_by_role("searchbox")).to_have_value("限流")
    assert desk.locator("tbody .check:checked").count() == 0


def test_one_row_is_resolved_or_merged_from_the_list(desk: Page):
    ticket = make_ticket(VAGUE)
    desk.goto("/desk/?view=us")

    press(desk, "j", "e")
    desk.wait_for_url(f"**/tickets/{ticket.number}/#outcome")
    expect(desk.locator("#outcome-cause")).to_be_focused()

    desk.goto("/desk/?view=us")
    press(desk, "j", "3")
    expect(desk.locator("#overrule-cause, #editor select").first).to_be_focused()
    press(desk, "Escape")
    expect(desk.locator("#editor")).to_be_hidden()
    assert focused(desk) == ticket.subject
    press(desk, "2")
    expect(desk.get_by_label("Number of the other ticket")).to_be_focused()

    desk.goto("/desk/?view=us")
    expect(desk.locator("tbody .check:checked")).to_have_count(0)  # meant once is not selected
    press(desk, "j", "i")
    expect(desk.locator(".undo-bar").first).to_contain_text("1 ticket changed")
    expect(desk.locator("tbody .check:checked")).to_have_count(0)

    press(desk, "Tab")
    press(desk, "g", "f")
    desk.wait_for_url("**/curation/saved/")


def test_the_sheet_of_keys_and_its_switch(desk: Page, agent: Person):
    make_ticket(VAGUE)
    desk.goto("/desk/?view=us")
    press(desk, "?")
    sheet = desk.get_by_role("dialog", name="Keys")
    expect(sheet).to_contain_text("Resolve and go to the next")
    press(desk, "j")
    assert desk.locator("tr.is-current").count() == 0  # not under an open dialog

    sheet.get_by_label("Use single keys").uncheck()
    expect(desk.locator("#said")).to_have_text("Saved.")
    press(desk, "Escape")
    press(desk, "j")
    assert desk.locator("tr.is-current").count() == 0
    agent.refresh_from_db()
    assert not agent.single_keys

    desk.reload()
    press(desk, "j")
    assert desk.locator("tr.is-current").count() == 0
    press(desk, "Tab", "Tab")
    desk.locator(".row-title a").first.focus()
    press(desk, "ArrowDown")
    assert desk.locator("tr.is-current").count() == 1  # arrows in a list that has the focus stay


def test_sequences_go_places_and_copy(open_page: NewPage, agent: Person):
    ticket = make_ticket(VAGUE, subject="It does not work")
    desk = open_page(agent, permissions=["clipboard-read", "clipboard-write"])
    desk.goto(f"/tickets/{ticket.number}/")
    copied = "navigator.clipboard.readText()"
    for keys, expected in (
        (["."], f"#{ticket.number}"),
        ([".", "."], "It does not work"),
        ([".", ".", "."], desk.url),
    ):
        press(desk, *keys)
        expect(desk.locator("#said")).to_contain_text(expected)
        assert desk.evaluate(copied) == expected

    press(desk, "g", "t")
    desk.wait_for_url("**/desk/?view=verdict")
    press(desk, "g", "i")
    desk.wait_for_url("**/desk/")


def test_a_mistyped_sequence_does_nothing(desk: Page):
    ticket = make_ticket(VAGUE)
    desk.goto(f"/tickets/{ticket.number}/")
    for second in ("m", "1", "a", "z"):
        press(desk, "g", second)
    desk.wait_for_timeout(800)

    assert desk.url.endswith(f"/tickets/{ticket.number}/")
    assert desk.locator("details.menu[open]").count() == 0
    assert not Message.objects.exclude(kind="customer").exists()
    assert not Ticket.objects.get().verdict_by_person
    press(desk, "a")  # by itself it means what it always means
    expect(desk.locator("#assignment")).to_have_attribute("open", "")


def test_escape_closes_what_is_open_and_leaves_fields(desk: Page):
    ticket = make_ticket()
    desk.goto(f"/tickets/{ticket.number}/")
    cause = desk.locator("#outcome select").first
    before = cause.input_value()

    press(desk, "e")
    expect(cause).to_be_focused()
    press(desk, "Escape", "q")
    expect(desk.locator("#outcome details")).not_to_have_attribute("open", "")
    expect(desk.locator("#outcome summary")).to_be_focused()
    assert cause.input_value() == before

    for key, field in (("r", "#reply-body"), ("n", "#note-body")):
        press(desk, key)
        expect(desk.locator(field)).to_be_focused()
        typed = desk.locator(field).input_value()
        press(desk, "Escape", "q")
        assert desk.locator(field).input_value() == typed
        assert desk.evaluate("document.activeElement === document.body")

    press(desk, "r", "Escape")
    desk.get_by_label("More ways to send").click()
    desk.get_by_role("link", name="Send and snooze").click()
    expect(desk.locator("#aside input:checked")).to_be_focused()
    press(desk, "Escape")
    expect(desk.locator("#aside")).to_be_hidden()
    expect(desk.get_by_label("More ways to send")).to_be_focused()

    press(desk, "r")  # what an input method composes belongs to it
    for composing in ("isComposing: true", "keyCode: 229"):
        event = f"new KeyboardEvent('keydown', {{bubbles: true, key: 'Escape', {composing}}})"
        desk.evaluate(f"document.activeElement.dispatchEvent({event})")
    expect(desk.locator("#reply-body")).to_be_focused()

    desk.goto("/desk/?view=us")
    press(desk, "/", "Escape", "j")
    expect(desk.get_by_role("searchbox")).to_have_value("")
    expect(desk.locator("tr.is-current")).to_have_count(1)


def test_each_key_has_a_visible_button_that_names_it(desk: Page):
    ticket = make_ticket()
    desk.goto(f"/tickets/{ticket.number}/")

    expect(desk.get_by_role("button", name="Right")).to_have_attribute("aria-keyshortcuts", "1")
    expect(desk.get_by_role("button", name="Right").locator("kbd")).to_be_visible()
    assert desk.locator("[data-back]").get_attribute("title") == "Back to the list (u)"


def test_a_list_is_found_again_as_it_was_left(desk: Page):
    numbers = [make_ticket(f"number {at}").number for at in range(30)]
    desk.goto("/desk/?view=us")
    row = desk.locator(f"#ticket-{numbers[25]}")
    row.locator(".check").check()
    expect(desk.get_by_text("1 selected")).to_be_visible()
    row.locator(".row-title a").click()
    desk.wait_for_url(f"**/tickets/{numbers[25]}/")

    desk.go_back()
    expect(row.locator(".row-title a")).to_be_focused()
    expect(row).to_be_in_viewport()
    expect(row.locator(".check")).to_be_checked()

    Ticket.objects.filter(pk=numbers[25]).update(status="resolved")
    press(desk, "Enter")
    desk.wait_for_url(f"**/tickets/{numbers[25]}/")
    press(desk, "u")  # the row left the list: the next one has the focus
    expect(desk.locator(f"#ticket-{numbers[26]}").locator(".row-title a")).to_be_focused()


def test_without_a_script_the_keys_are_a_page(open_page: NewPage, agent: Person):
    page = open_page(agent, java_script_enabled=False)
    page.goto("/desk/")
    page.get_by_role("link", name="Keys").click()
    page.get_by_label("Use single keys").uncheck()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_label("Use single keys")).not_to_be_checked()
    agent.refresh_from_db()
    assert not agent.single_keys
