"""One incident from the hint on a ticket to its end: opened, told, joined, resolved, and one customer says no."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.factories import make_engineer, make_ticket
from tests.incidents import DOWN, make_affected, work_off
from tickets.models import Incident, Ticket


def test_an_incident_from_the_hint_to_a_no(open_page: NewPage):
    english, chinese = make_affected(2), make_affected(1, "zh-hans")
    desk = open_page(make_engineer(name="Jonas Lind"))

    _open_from_the_hint(desk, chinese[0])
    assert set(Incident.objects.get().tickets.all()) == {*english, *chinese}
    _tell_everybody(desk)

    late = make_ticket(DOWN)
    work_off()
    customer = open_page()
    customer.goto(f"/t/{late.follow_up_token}/")
    expect(customer.locator(".talk")).to_contain_text("We know why requests to gpt-4o fail")

    _resolve(desk)
    _answer_no(customer, late)
    assert _states(*english, *chinese, late) == ["waiting", "waiting", "waiting", "open"]

    customer.goto(f"/t/{english[0].follow_up_token}/")
    customer.get_by_role("button", name="Yes, it works again").click()
    expect(customer.locator("main")).to_contain_text("Resolved")

    desk.reload()
    expect(desk.locator(".update").first).to_contain_text("1 yes")
    expect(desk.locator(".update").first).to_contain_text("1 no")


def _open_from_the_hint(desk: Page, ticket: Ticket) -> None:
    desk.goto(f"/tickets/{ticket.number}/?tab=incident")
    desk.locator("#context").get_by_role("link", name="Open an incident with all of them").click()
    expect(desk.get_by_label("Model")).to_have_value("gpt-4o")
    desk.get_by_role("button", name="Open incident").click()
    expect(desk.locator(".steps [aria-current]")).to_contain_text("Investigating")


def _tell_everybody(desk: Page) -> None:
    desk.get_by_role("link", name="Write an update").click()
    desk.get_by_label("identified").check()
    desk.get_by_label("In English").fill("We know why requests to gpt-4o fail and are working on it.")
    desk.get_by_label("In Chinese").fill("")
    desk.get_by_role("button", name="Who gets it?").click()
    expect(desk.locator("#reach")).to_contain_text("2 customers get it")
    expect(desk.locator("#reach")).to_contain_text("1 customer reads 简体中文 and would not get it")
    desk.get_by_label("In Chinese").fill("我们已查明对 gpt-4o 的请求失败的原因，正在处理。")
    desk.get_by_role("button", name="Look again").click()
    expect(desk.locator("#reach")).to_contain_text("3 customers get it")
    desk.get_by_role("button", name="Send to 3 customers").click()
    expect(desk.locator(".update")).to_contain_text("0 of 3 sent")
    work_off()
    expect(desk.locator(".update")).to_contain_text("3 customers have it")  # the page looks by itself


def _resolve(desk: Page) -> None:
    desk.reload()
    desk.get_by_role("link", name="Resolve and ask whether it works").click()
    desk.get_by_role("button", name="Who gets it?").click()
    desk.get_by_role("button", name="Send to 4 customers").click()
    expect(desk.locator(".steps [aria-current]")).to_contain_text("Resolved")
    work_off()


def _answer_no(customer: Page, ticket: Ticket) -> None:
    customer.goto(f"/t/{ticket.follow_up_token}/")
    customer.get_by_role("link", name="No, it still fails").click()
    customer.get_by_label("What still fails").fill("HTTP/1.1 503 Service Unavailable")
    customer.get_by_role("button", name="Open my report again").click()
    expect(customer.locator(".talk")).to_contain_text("It still does not work.")


def _states(*tickets: Ticket) -> list[str]:
    return [Ticket.objects.get(pk=ticket.pk).status for ticket in tickets]
