import pytest
from playwright.sync_api import expect

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import SearchDoc, Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_searching_ticking_assigning_and_undoing(open_page):
    agent = make_agent(name="Mira Holt")
    for at in range(3):
        make_ticket(f"The wombat model fails, {at}", told={"charged": True})
    make_ticket(VAGUE)
    desk = open_page(agent)
    desk.goto("/desk/")

    desk.get_by_role("searchbox").fill("wombat charged:yes")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("3 tickets", exact=True)).to_be_visible()

    desk.get_by_label("Select all on this page").check()
    expect(desk.get_by_text("3 selected")).to_be_visible()
    desk.locator(".bulk").get_by_role("button", name="Assign").click()
    desk.locator("#editor").get_by_label("Assignee").select_option("Mira Holt")
    desk.locator("#editor").get_by_role("button", name="Assign").click()

    expect(desk.get_by_text("Assign: 3 tickets changed.")).to_be_visible()
    assert Ticket.objects.filter(assignee=agent).count() == 3

    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("3 tickets are as they were.")).to_be_visible()
    assert Ticket.objects.filter(assignee=agent).count() == 0


def test_without_script_the_selection_survives_paging(open_page):
    agent = make_agent()
    for at in range(51):
        make_ticket(f"number {at}")
    desk = open_page(agent, java_script_enabled=False)
    desk.goto("/desk/?view=us")

    desk.get_by_label("Select #", exact=False).first.check()
    desk.get_by_role("button", name="Keep and go on").click()
    expect(desk.get_by_text("1 selected, 1 on other pages")).to_be_visible()
    desk.get_by_label("Select #", exact=False).first.check()
    desk.get_by_role("button", name="Status").click()
    desk.get_by_label("Status").select_option("waiting")
    desk.get_by_role("button", name="Set status").click()

    expect(desk.get_by_text("Set status: 2 tickets changed.")).to_be_visible()


def test_the_whole_list_is_selected_tagged_by_key_and_put_back(open_page):
    agent = make_agent()
    for at in range(52):
        make_ticket(f"number {at}")
    desk = open_page(agent)
    desk.goto("/desk/?view=us")

    desk.get_by_label("Select all on this page").check()
    desk.get_by_role("button", name="Select all 52").click()
    expect(desk.get_by_text("52 selected, 2 on other pages")).to_be_visible()
    desk.wait_for_load_state()  # a key that comes before the scripts is nobody's
    desk.keyboard.press("l")
    expect(desk.get_by_label("Put on")).to_be_focused()
    desk.keyboard.type("wombat")
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("Tag: 52 tickets changed.")).to_be_visible()
    expect(desk.locator(".row-meta .tag").first).to_have_text("wombat")
    desk.keyboard.press("z")
    expect(desk.get_by_text("52 tickets are as they were.")).to_be_visible()
    assert not Ticket.objects.filter(tags__name="wombat").exists()


def test_a_click_with_shift_takes_the_rows_between_along(open_page):
    numbers = [make_ticket(f"number {at}").number for at in range(5)]
    desk = open_page(make_agent())
    desk.goto("/desk/?view=us")
    boxes = desk.locator("tbody .check")

    boxes.nth(3).click()
    with desk.expect_response("**/desk/selection/") as told:
        boxes.nth(1).click(modifiers=["Shift"])

    expect(desk.get_by_text("3 selected")).to_be_visible()
    assert told.value.request.post_data is not None  # one request for all of them
    ticked = desk.locator("tbody .check:checked")
    assert [box.get_attribute("value") for box in ticked.all()] == [str(number) for number in numbers[1:4]]
    boxes.nth(3).click(modifiers=["Shift"])
    expect(boxes.nth(2)).not_to_be_checked()


def test_a_list_is_sorted_by_its_menu(open_page):
    for at in range(3):
        make_ticket(f"number {at}")
    desk = open_page(make_agent())
    desk.goto("/desk/?view=us&due=2d")

    expect(desk.get_by_role("searchbox")).to_have_value("due:2d")
    desk.goto("/desk/?view=us")
    desk.get_by_text("Display").click()
    desk.get_by_role("link", name="Newest first").click()

    expect(desk.locator(".row-title a").first).to_have_text("number 2")
    expect(desk.get_by_text("newest first", exact=True)).to_be_visible()


def test_one_row_is_put_aside_from_the_list_by_key(open_page):
    first, second = make_ticket("number one"), make_ticket("number two")
    desk = open_page(make_agent())
    desk.goto("/desk/?view=us")

    for key in ("j", "h"):
        desk.keyboard.press(key)
    expect(desk.get_by_role("button", name="In 1 hour")).to_be_focused()
    desk.keyboard.press("Enter")

    expect(desk.get_by_text("Snooze: 1 ticket changed.")).to_be_visible()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("snoozed", "open")


def test_own_columns_by_keyboard_and_without_script(open_page):
    make_ticket()
    desk = open_page(make_agent(), java_script_enabled=False)
    desk.goto("/desk/columns/")

    desk.get_by_role("checkbox", name="Cause").check()
    desk.get_by_role("checkbox", name="Replies").uncheck()
    for _ in range(2):  # the first press also shows it, behind the others
        desk.get_by_role("button", name="Move Cause up").click()
    desk.get_by_role("button", name="Save").last.click()

    headers = desk.locator(".rows thead th").all_inner_texts()
    assert headers[1:-1] == ["Verdict", "Problem", "Deadline", "Cause", "Waiting"]


@pytest.mark.parametrize("width", [1440, 1280])
def test_the_problem_keeps_its_room_beside_many_own_columns(open_page, width):
    make_ticket(
        "Every call to the new model ends in 503 since the morning",
        told={"model": "claude-sonnet-4-5-20250929-thinking", "account": "Brightpath Studio International"},
    )
    columns = ["verdict", "title", "state", "cause", "account", "model", "sla", "waiting"]
    page = open_page(make_agent(columns=columns), viewport={"width": width, "height": 900})
    page.goto("/desk/?view=us")

    assert page.locator("tbody .c-title").first.bounding_box()["width"] > 220
    assert page.locator("tbody tr").first.bounding_box()["height"] < 80
    assert page.locator("tbody tr").first.locator("td").last.bounding_box()["x"] + 60 < width
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_count_that_takes_long_comes_after_the_page(open_page):
    first = make_ticket("the pelican tail")
    numbers = range(first.pk + 400_000, first.pk + 400_051)
    Ticket.objects.bulk_create(
        Ticket(number=each, subject=f"No. {each}", customer=first.customer, follow_up_token=str(each))
        for each in numbers
    )
    tokens = "the pelican tail step10={} step14={} step17={}"
    SearchDoc.objects.bulk_create(
        SearchDoc(
            ticket_id=each, tokens=tokens.format(each >> 10, each >> 14, each >> 17), text="the pelican tail"
        )
        for each in numbers
    )
    desk = open_page(make_agent())

    desk.goto('/desk/?q="pelican tail"')

    expect(desk.locator("#count")).to_have_text("52 tickets")
    expect(desk.locator("tbody tr")).to_have_count(50)
    desk.get_by_label("Select all on this page").check()
    desk.get_by_role("button", name="Select all 52").click()
    expect(desk.get_by_text("52 selected, 2 on other pages")).to_be_visible()
