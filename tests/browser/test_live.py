"""Pages that stay true by themselves, and two people on one ticket."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, PageErrors
from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Message, Person, Snooze, Ticket
from tickets.services import presence
from tickets.services.evidence import set_value
from tickets.services.message import receive, send_reply
from tickets.services.outcome import resolve
from tickets.services.service_level import set_up
from tickets.services.snooze import snooze
from tickets.services.status import set_status
from tickets.services.verdict import judge
from tickets.templatetags.work import time_left

pytestmark = pytest.mark.usefixtures("transactional_db")
SOON = 20_000  # ms: five seconds, and what a busy machine needs
HIDE = """state => {
    Object.defineProperty(document, 'hidden', {value: state, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture
def ana() -> Person:
    return make_agent(name="Ana Petrov")


@pytest.fixture
def chen() -> Person:
    return make_agent(name="Chen Wu")


def count_polls(page: Page) -> Callable[[], int]:
    polls: list[str] = []
    page.on("request", lambda request: polls.append(request.url) if "/live/" in request.url else None)
    return lambda: len(polls)


def test_two_people_on_one_ticket_see_each_other(open_page: NewPage, ana: Person, chen: Person):
    ticket = make_ticket()
    first, second, watching = open_page(ana), open_page(chen), open_page(make_agent())
    watching.goto("/desk/?view=us")
    row = watching.locator(f"#ticket-{ticket.number}")
    before = row.bounding_box()
    first.goto(f"/tickets/{ticket.number}/")
    second.goto(f"/tickets/{ticket.number}/")

    expect(second.locator("#here")).to_contain_text("Ana Petrov is viewing")
    expect(first.locator("#here")).to_contain_text("Chen Wu is viewing", timeout=SOON)
    second.locator("#reply-body").press_sequentially("Hello")
    expect(first.locator("#here")).to_contain_text("Chen Wu is replying", timeout=SOON)
    expect(row.locator('[data-here="replying"]')).to_have_attribute(
        "title", "Chen Wu is replying · Ana Petrov is viewing", timeout=SOON
    )
    assert row.bounding_box() == before


def test_an_answer_over_a_changed_ticket_is_stopped_and_shows_what_is_new(
    open_page: NewPage, ana: Person, chen: Person, page_errors: PageErrors
):
    page_errors.expect(422)
    ticket = make_ticket()
    desk = open_page(ana)
    desk.goto(f"/tickets/{ticket.number}/")
    desk.locator("#reply-body").fill("Please take the second /v1 out of your base URL.")
    send_reply(ticket, by=chen, body="I am looking at it.")
    receive(ticket, text="It works again, thank you!", source=Ticket.Source.FORM)

    desk.locator("#reply-body").press("Control+Enter")
    stopped = desk.get_by_role("alert")
    expect(stopped).to_contain_text("Not sent: the ticket changed while you wrote.")
    expect(stopped).to_contain_text("It works again, thank you!")
    expect(stopped).to_contain_text("Chen Wu answered")
    expect(desk.locator("#reply-body")).to_have_value("Please take the second /v1 out of your base URL.")
    assert Message.objects.filter(author=ana).count() == 0

    desk.get_by_role("button", name="Send anyway").click()
    expect(desk.locator(".msg").last).to_contain_text("Please take the second /v1 out")
    assert Message.objects.filter(author=ana).count() == 1


def test_new_messages_appear_while_one_types_and_touch_nothing(open_page: NewPage, ana: Person):
    ticket = make_ticket()
    desk = open_page(ana)
    desk.goto(f"/tickets/{ticket.number}/")
    field = desk.locator("#reply-body")
    field.fill("Half an ans")
    field.evaluate("field => { field.setSelectionRange(4, 4); field.dataset.same = 'yes' }")
    receive(ticket, text="HTTP/1.1 401 invalid_api_key", source=Ticket.Source.FORM)

    expect(desk.locator(".msg").last).to_contain_text("invalid_api_key", timeout=SOON)
    expect(desk.locator("#said")).to_contain_text("The customer wrote")
    expect(field).to_be_focused()
    expect(field).to_have_value("Half an ans")
    assert field.evaluate("field => [field.selectionStart, field.dataset.same]") == [4, "yes"]

    desk.get_by_role("button", name="Show").click()  # who was shown it has seen it
    expect(desk.locator(".msg").last).to_be_focused()
    field.press("Control+Enter")
    expect(desk.locator(".msg").last).to_contain_text("Half an ans")


def test_the_verdict_and_the_strip_follow_the_evidence(open_page: NewPage, ana: Person, chen: Person):
    ticket = make_ticket(VAGUE)
    desk = open_page(ana)
    desk.goto(f"/tickets/{ticket.number}/")
    set_value(ticket, field="model", raw="gpt-4o-mini", by=chen)
    set_value(ticket, field="error_code", raw="insufficient_user_quota", by=chen)
    judge(ticket)
    set_status(ticket, Ticket.Status.WAITING, by=chen)

    expect(desk.locator("#strip")).to_contain_text("gpt-4o-mini", timeout=SOON)
    expect(desk.locator("#status")).to_contain_text("Waiting for the customer", timeout=SOON)
    ticket.refresh_from_db()
    assert ticket.cause == "quota.balance"
    expect(desk.locator("#verdict-card")).to_contain_text("balance")


def test_the_foot_the_toolbar_and_the_outcome_follow_what_a_colleague_did(
    open_page: NewPage, ana: Person, chen: Person
):
    set_up()
    ticket = make_ticket()
    desk = open_page(ana)
    desk.goto(f"/tickets/{ticket.number}/")
    expect(desk.locator("#clock")).to_contain_text("left")
    snooze(ticket, by=chen, until=Snooze.Until.REPLY)
    expect(desk.locator("#clock")).to_contain_text("paused: snoozed", timeout=SOON)
    receive(ticket, text="It still fails.", source=Ticket.Source.FORM)
    expect(desk.locator("#clock")).not_to_contain_text("paused", timeout=SOON)

    desk.locator("#snooze-menu summary").click()  # a menu that is open stays
    answers = {"charged": "no", "retried": "no", "result": "customer_fixed"}
    resolve(Ticket.objects.get(), by=chen, cause="quota.balance", plain="The balance was empty.", **answers)
    expect(desk.locator("#status")).to_contain_text("Resolved", timeout=SOON)
    expect(desk.locator("#outcomes")).to_contain_text("The balance was empty.")
    expect(desk.get_by_role("button", name="Open again")).to_be_visible()
    expect(desk.locator("#to-outcome")).to_be_hidden()
    expect(desk.locator("#ways-to-send")).not_to_contain_text("Send and close")
    expect(desk.locator("#clock")).not_to_contain_text("left")
    expect(desk.locator("#snooze-menu")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.locator("h1").click()
    expect(desk.locator("#snooze-menu")).to_have_count(0, timeout=SOON)
    expect(desk.locator("#toolbar")).not_to_contain_text("Escalate")


def test_deadlines_and_waiting_times_go_on_as_the_server_words_them(open_page: NewPage):
    set_up()
    ticket = make_ticket()
    desk = open_page(make_agent(language="zh-hans"))
    desk.clock.install()
    desk.goto("/desk/?view=us")
    deadline, waiting = desk.locator(".c-sla time"), desk.locator("td.c-num time").first
    ticket.refresh_from_db()

    def words_after(passed: timedelta) -> list[str]:
        """Either side of a full minute."""
        with override("zh-hans"):
            return [time_left(ticket.due_at - passed - timedelta(seconds=each)) for each in (0, 20)]

    assert deadline.inner_text() in words_after(timedelta(0))
    passed = timedelta(minutes=40)
    desk.clock.fast_forward("40:00")
    expect(waiting).to_have_text("40 分钟")
    assert deadline.inner_text() in words_after(passed)
    desk.clock.fast_forward(60 * 3600 * 1000)
    expect(waiting).to_have_text("2 天")
    expect(desk.locator(".deadline")).to_have_class(re.compile("is-late"))
    expect(desk.locator(".deadline use")).to_have_attribute("href", re.compile("#warn$"))
    assert deadline.inner_text() in words_after(passed + timedelta(hours=60))


def test_what_one_works_in_waits_until_one_leaves_it(open_page: NewPage, ana: Person, chen: Person):
    ticket = make_ticket(VAGUE)
    desk = open_page(ana)
    desk.goto(f"/tickets/{ticket.number}/")
    desk.keyboard.press("3")
    reason = desk.locator("#judgement textarea")
    reason.fill("I am still")
    set_value(ticket, field="error_code", raw="insufficient_user_quota", by=chen)
    judge(ticket)

    expect(desk.locator("#conversation")).to_contain_text("insufficient_user_quota", timeout=SOON)
    expect(reason).to_have_value("I am still")
    reason.fill("")
    desk.locator("h1").click()
    expect(desk.locator("#verdict-card")).to_contain_text("balance", timeout=SOON)


def test_counts_follow_and_new_tickets_are_announced_while_the_list_stays(open_page: NewPage, ana: Person):
    ticket = make_ticket(VAGUE)
    desk = open_page(ana)
    desk.goto("/desk/?view=us")
    count = desk.locator('.rail [data-count="us"]')
    expect(count).to_have_text("1")
    make_ticket("Another one")
    place = desk.locator("tbody tr").first.bounding_box()

    expect(desk.get_by_role("link", name="1 new: show")).to_be_visible(timeout=SOON)
    assert desk.locator("tbody tr").first.bounding_box() == place
    expect(desk.locator("#said")).to_have_text("1 new: show")
    expect(count).to_have_text("2")
    expect(desk.locator("#count")).to_have_text("2 tickets")
    expect(desk.get_by_role("link", name="Another one")).to_have_count(0)
    set_status(ticket, Ticket.Status.WAITING, by=ana)
    expect(count).to_have_text("1", timeout=SOON)

    desk.get_by_role("link", name="1 new: show").click()
    expect(desk.get_by_role("link", name="Another one")).to_be_visible()


def test_a_hidden_tab_asks_nothing_and_a_shown_one_at_once(open_page: NewPage, ana: Person):
    make_ticket(VAGUE)
    desk = open_page(ana)
    polls = count_polls(desk)
    desk.goto("/desk/?view=us")
    desk.wait_for_timeout(1_000)
    assert polls() == 1
    desk.evaluate(HIDE, True)
    desk.wait_for_timeout(6_500)
    assert polls() == 1

    desk.evaluate(HIDE, False)
    desk.wait_for_timeout(700)
    assert polls() == 2
    desk.wait_for_timeout(5_500)
    assert polls() == 3


def test_typing_goes_on_without_a_connection(open_page: NewPage, ana: Person, page_errors: PageErrors):
    ticket = make_ticket()
    desk = open_page(ana)
    desk.goto(f"/tickets/{ticket.number}/")
    polls = count_polls(desk)
    field = desk.locator("#reply-body")
    field.fill("Please take the second /v1 ")
    desk.context.set_offline(True)
    lost = desk.locator("#connection [data-when=lost]")
    expect(lost).to_contain_text("No connection.")
    expect(lost).to_be_visible()
    field.press("End")
    field.press_sequentially("out.")
    field.press("Control+Enter")
    expect(desk.locator("#said")).to_have_text("Not sent: no connection. Your text is kept.")
    expect(desk.locator("#unsent")).to_be_visible()
    expect(field).to_have_value("Please take the second /v1 out.")
    before = polls()
    desk.wait_for_timeout(11_000)
    assert polls() - before <= 1  # it asks less and less

    desk.context.set_offline(False)
    expect(lost).to_be_hidden(timeout=SOON)
    expect(desk.locator("#unsent")).to_be_hidden()
    field.press("Control+Enter")
    expect(desk.locator(".msg").last).to_contain_text("Please take the second /v1 out.", timeout=15_000)
    page_errors[:] = [line for line in page_errors if "ERR_INTERNET_DISCONNECTED" not in line]


def test_a_fault_of_the_page_is_no_lost_connection(
    open_page: NewPage, ana: Person, chen: Person, page_errors: PageErrors
):
    page_errors.expect_words("a fault")
    ticket = make_ticket()
    desk = open_page(ana)
    desk.add_init_script(
        "DOMParser.prototype.parseFromString = () => { document.body.dataset.fault = ''; throw Error('a fault') }"
    )
    desk.goto(f"/tickets/{ticket.number}/")
    presence.beat(ticket.pk, chen)
    expect(desk.locator("body")).to_have_attribute("data-fault", "", timeout=SOON)
    desk.locator("#reply-body").fill("Please take the second /v1 out.")
    desk.locator("#reply-body").press("Control+Enter")

    expect(desk.locator(".msg").last).to_contain_text("Please take the second /v1 out.")


def test_who_was_signed_out_keeps_the_text_and_goes_on_after_signing_in(
    open_page: NewPage, ana: Person, page_errors: PageErrors
):
    page_errors.expect(403)  # the draft cannot be saved meanwhile
    ticket = make_ticket()
    desk = open_page(ana)
    desk.goto(f"/tickets/{ticket.number}/")
    desk.locator("#reply-body").fill("A long careful answer.")
    session = next(cookie for cookie in desk.context.cookies() if cookie["name"] == "sessionid")
    desk.context.clear_cookies(name="sessionid")

    expect(desk.locator("#connection").get_by_text("You were signed out.")).to_be_visible(timeout=SOON)
    expect(desk.locator("#reply-body")).to_have_value("A long careful answer.")
    link = desk.get_by_role("link", name="Sign in again")
    expect(link).to_have_attribute("href", re.compile(r"/accounts/login/\?next=/tickets/\d+/"))
    polls = count_polls(desk)
    desk.wait_for_timeout(6_000)
    assert polls() == 0

    desk.context.add_cookies(
        [{"name": "sessionid", "value": session["value"], "url": desk.url}]
    )  # signed in again in another tab, and back here
    desk.evaluate(HIDE, False)
    expect(desk.locator("#connection").get_by_text("You were signed out.")).to_be_hidden()
    desk.locator("#reply-body").press("Control+Enter")
    expect(desk.locator(".msg").last).to_contain_text("A long careful answer.")
