"""What must stay within the window, on its line, and in its place, whatever the width."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.factories import VAGUE, make_admin, make_agent, make_engineer, make_ticket
from tickets.models import Person, Ticket
from tickets.services.escalation import escalate
from tickets.services.tag import set_tags

pytestmark = pytest.mark.usefixtures("replies")
MENU = "details.menu > summary:visible"
PHONES = ({"width": 320, "height": 700}, {"width": 390, "height": 844})
EVERY_COLUMN = [
    "verdict", "title", "replies", "sla", "waiting", "state", "cause", "account", "model", "opened",
]  # fmt: skip
TOLD = {
    "charged": True,
    "model": "claude-sonnet-4-5-20250929-thinking",
    "account": "Brightpath International",
}
HEIGHTS = "[...document.querySelectorAll('.rows tbody tr')].map(row => row.getBoundingClientRect().height)"

SIGN_BELOW = """(() => { const sign = document.querySelector(".row-meta .charge");
    return sign.getBoundingClientRect().top - sign.parentElement.getBoundingClientRect().top })()"""


@pytest.fixture
def agent() -> Person:
    return make_agent(name="Ana Petrov")


@pytest.fixture
def ticket() -> Ticket:
    return make_ticket(VAGUE, name="Wolfeschlegelsteinhausen Park", subject="Calls fail " * 12)


def is_within(page: Page, opened: Locator) -> bool:
    box, window = opened.bounding_box(), page.viewport_size
    assert box is not None
    assert window is not None
    return (
        min(box["x"], box["y"]) >= 0
        and box["x"] + box["width"] <= window["width"]
        and box["y"] + box["height"] <= window["height"]
    )


def menus_outside(page: Page) -> list[str]:
    """What the menus say whose box leaves the window."""
    outside = []
    for at in range(page.locator(MENU).count()):
        summary = page.locator(MENU).nth(at)
        summary.click()
        opened = page.locator("details.menu[open] > div")
        opened.evaluate("menu => Promise.allSettled(menu.getAnimations().map(each => each.finished))")
        if not is_within(page, opened):
            outside.append(opened.inner_text())
        summary.click()
    return outside


@pytest.mark.parametrize("viewport", [*PHONES, {"width": 720, "height": 800}, {"width": 900, "height": 800}])
def test_every_menu_opens_within_the_window(open_page: NewPage, ticket: Ticket, viewport: dict[str, int]):
    set_tags(ticket, ["base-url", "refund"], by=make_agent())
    escalated = escalate(make_ticket(VAGUE), by=make_agent(), reason="Several customers say the same.")
    page = open_page(
        make_engineer(language="zh-hans" if viewport["width"] == 320 else "en"), viewport=viewport
    )
    outside = {}
    for path in (f"/tickets/{ticket.number}/", f"/review/{escalated.pk}/"):
        page.goto(path)
        outside[path] = menus_outside(page)

    assert set(map(tuple, outside.values())) == {()}
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


@pytest.mark.parametrize("viewport", PHONES)
def test_what_the_bulk_bar_opens_stands_above_it(
    open_page: NewPage, agent: Person, ticket: Ticket, viewport: dict[str, int]
):
    for _ in range(7):
        make_ticket(VAGUE)
    page = open_page(agent, viewport=viewport)
    page.goto("/desk/?view=us")
    page.locator("tbody .check").first.check()
    bar, editor = page.locator(".bulk"), page.locator("#editor:popover-open")
    for name in ("Assign", "Status", "Set verdict", "Tag", "Incident", "Snooze", "Resolve"):
        bar.get_by_role("button", name=name).click()
        expect(editor.get_by_role("link", name="Close")).to_be_in_viewport(ratio=1)
        box, below = editor.bounding_box(), bar.bounding_box()
        assert box is not None
        assert below is not None
        assert is_within(page, editor)
        assert box["y"] + box["height"] <= below["y"]
        page.keyboard.press("Escape")
        expect(editor).to_have_count(0)


def test_heads_of_the_desk_fit_the_narrowest_phone(open_page: NewPage, ticket: Ticket):
    page = open_page(make_admin(columns=EVERY_COLUMN), viewport=PHONES[0])
    wide = []
    for path in ("/incidents/", "/desk/columns/", "/desk/", f"/tickets/{ticket.number}/"):
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") != 320:
            wide.append(path)

    assert wide == []


def test_a_row_has_the_lines_that_were_chosen_and_keeps_the_sign_of_money(open_page: NewPage, agent: Person):
    long = make_ticket(told=TOLD, name="Bartholomew Featherstonehaugh-Cholmondeley III", subject="word " * 60)
    set_tags(long, [f"a-long-tag-{at}" for at in range(5)], by=agent)
    make_ticket(VAGUE)
    page = open_page(agent)
    for density, columns, height in (
        ("comfortable", [], 59),
        ("compact", [], 40),
        ("compact", EVERY_COLUMN, 40),
    ):
        Person.objects.filter(pk=agent.pk).update(density=density, columns=columns)
        for width in (1440, 1280, 1100):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto("/desk/?view=us")
            assert max(page.evaluate(HEIGHTS)) <= height, (density, len(columns), width)
            assert page.evaluate(SIGN_BELOW) < 10
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_column_that_has_no_room_goes_with_its_head(open_page: NewPage, ticket: Ticket):
    page = open_page(make_agent(columns=EVERY_COLUMN), viewport={"width": 1100, "height": 800})
    page.goto("/desk/?view=us")

    shown = page.locator(".rows thead th:visible").all_inner_texts()
    assert shown[1:-1] == ["Verdict", "Problem", "Deadline", "Waiting"]
    assert page.locator(".rows tbody tr").first.locator("td:visible, th:visible").count() == len(shown)


def test_nothing_in_the_foot_bar_moves_when_somebody_comes(open_page: NewPage, agent: Person):
    ticket = make_ticket(VAGUE, name="Ingrid Svensson")
    page = open_page(agent)
    page.goto(f"/tickets/{ticket.number}/")
    places = """() => [...document.querySelectorAll(".foot-bar > :not(.here)")]
        .filter(one => one.checkVisibility()).map(one => [one.className, one.getBoundingClientRect().left])"""
    before = page.evaluate(places)
    page.locator("#here").evaluate(
        """here => here.innerHTML = '<span class="avatar" data-here="replying">CW</span>'.repeat(3)
            + '<span class="small cut wide-only">Chen Wu is replying and many more are reading</span>'"""
    )

    assert page.evaluate(places) == before
    expect(page.locator(".foot-bar").get_by_role("link", name="Resolve")).to_be_visible()


@pytest.mark.parametrize("viewport", PHONES)
def test_a_phone_keeps_the_state_the_ways_around_and_the_actions_of_a_row(
    open_page: NewPage, agent: Person, ticket: Ticket, viewport: dict[str, int]
):
    make_ticket(VAGUE)
    page = open_page(agent, viewport=viewport, has_touch=True)
    page.goto("/desk/?view=us")
    acts = page.locator(".rows tbody tr").first.locator(".row-acts > :not(.hush)")
    titles = [act.get_attribute("title").removesuffix(")").split(" (")[0] for act in acts.all()]
    assert titles == ["Assign", "Snooze", "Close", "nobody yet"]
    assert all(is_within(page, act) for act in acts.all())

    page.locator(".row-title a").first.click()
    page.wait_for_url("**/tickets/*/")
    for seen in (
        page.get_by_role("link", name="Back to the list"),
        page.get_by_role("link", name="Next ticket"),
        page.locator("#status"),
        page.locator(".foot-bar .sla"),
        page.locator(".foot-bar .send-reply > .btn"),
    ):
        expect(seen).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_the_verdict_of_an_escalated_ticket_is_on_the_first_screen(open_page: NewPage, agent: Person):
    ticket = make_ticket(VAGUE)
    escalate(ticket, by=agent, reason="Several customers say the same.")
    page = open_page(agent)
    page.goto(f"/tickets/{ticket.number}/")

    expect(page.get_by_role("heading", name="Escalated")).to_be_visible()
    expect(page.locator("#verdict")).to_be_in_viewport(ratio=1)
    page.get_by_text("Hand-off card").click()
    expect(page.locator(".handoff")).to_be_visible()
