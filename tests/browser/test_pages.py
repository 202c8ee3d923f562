"""All pages: nothing scrolls sideways down to 320 px, and axe finds nothing serious in light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, NewPage, PageErrors
from tests.charges import make_charge, make_proposal
from tests.factories import VAGUE, make_billing, make_engineer, make_ticket
from tests.mails import a_mail
from tickets.models import (
    Charge,
    Compensation,
    Delivery,
    Escalation,
    Event,
    FaqEntry,
    InboundMail,
    Incident,
    Macro,
    Person,
    ProviderNotice,
    RuleFiring,
    StatusPage,
    Ticket,
)
from tickets.services.escalation import escalate
from tickets.services.faq.library import load_library
from tickets.services.inbound_mail import receive_mail
from tickets.services.incident.delivery import deliver_update
from tickets.services.incident.states import open_incident
from tickets.services.incident.update import send_update
from tickets.services.message import add_note, receive, send_reply
from tickets.services.outcome import resolve
from tickets.services.pasting import paste_evidence
from tickets.services.tag import set_tags
from tickets.services.verdict import overrule

pytestmark = pytest.mark.usefixtures("replies")
AXE = Path(__file__).parents[1] / "data" / "vendor" / "axe-core" / "axe.min.js"
# What is still fading in has less contrast than it will have.
FADED_IN = """() => Promise.allSettled(document.getAnimations()
    .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime))
    .map((each) => each.finished))"""
FIND = """async () => (await axe.run({
        resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    })).violations
    .filter(found => ['serious', 'critical'].includes(found.impact))
    .map(found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)"""
# What sticks to the edge of the window covers whatever was not scrolled to.
UNCOVERED = "for (const bar of document.querySelectorAll('.foot-bar')) bar.style.position = 'static'"
WIDTHS = (390, 320)
LONG = "word" * 60 + " https://api.gateway.invalid/" + "v1/" * 60

HOPS = (
    "HTTP/1.1 429 (request id: 20261122091412776104822Lq8wTz2) (request id: 20261122091412000000001Ab3cDe4)"
)


def public_pages(ticket: Ticket) -> list[str]:
    return [
        "/",
        "/faq",
        "/zh/faq",
        "/faq/provider-overloaded",
        "/zh/faq/base-url",
        f"/t/{ticket.follow_up_token}/",
        *(
            f"/t/{asked.ticket.follow_up_token}/{page}"
            for asked in Delivery.objects.filter(state="sent")
            for page in ("", f"working/{asked.update_id}/?answer=no")
        ),
        "/status",
        "/zh/status",
        "/tools/",
        "/tools/request/",
        "/tools/base-url/",
        "/tools/model-name/",
        "/tools/safe-request/",
        "/tools/pacing/",
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/signup/",
    ]


def desk_pages(tickets: list[Ticket]) -> list[str]:
    views = ("verdict", "mine", "escalated", "resolved")
    first = tickets[0].number
    return [
        *(f"/desk/?view={view}" for view in views),
        "/desk/views/",
        f"/desk/merging/?number={first}",
        *(f"/tickets/{ticket.number}/" for ticket in tickets),
        f"/tickets/{first}/evidence/model/",
        f"/tickets/{first}/evidence/charged/",
        f"/tickets/{first}/verdict/rules/",
        f"/tickets/{Escalation.objects.get().ticket_id}/escalation/card/",
        "/tickets/new/",
        "/review/",
        f"/review/{Escalation.objects.get().pk}/",
        f"/review/{Escalation.objects.get().pk}/provider-text/",
        "/review/rota/",
        "/charges/?state=all",
        "/charges/totals/",
        "/charges/import/",
        f"/charges/{Charge.objects.latest('pk').pk}/",
        "/compensations/",
        f"/compensations/new/?charge={Charge.objects.free().latest('pk').pk}",
        f"/compensations/{Compensation.objects.get().pk}/",
        "/ledger/",
        "/ledger/timeline/?provider=openai",
        "/ledger/notices/",
        "/incidents/",
        "/incidents/new/",
        *(f"/incidents/{incident.pk}/" for incident in Incident.objects.all()),
        f"/incidents/{Incident.objects.earliest('pk').pk}/update/",
        f"/tickets/{first}/macros/",
        f"/tickets/{first}/articles/",
        *(
            f"/tickets/{tickets[1].number}/macros/{macro.pk}/"
            for macro in Macro.objects.filter(slug="ask-and-take")
        ),
        "/curation/replies/",
        "/curation/replies/new/",
        "/curation/rules/",
        f"/curation/rules/one/{RuleFiring.objects.earliest('pk').rule}/",
        "/curation/rules/sets/",
        "/curation/macros/",
        "/curation/macros/new/",
        "/curation/saved/",
        "/curation/saved/attempts/",
        "/curation/searches/",
        f"/tickets/{first}/team/",
        *(
            f"/curation/articles/{FaqEntry.objects.earliest('pk').pk}/{page}"
            for page in ("", "preview/zh-hans/")
        ),
        "/curation/articles/?state=published",
        "/curation/articles/candidates/",
        "/curation/mail/",
        f"/curation/mail/{InboundMail.objects.filter(state='ignored').get().pk}/",
        "/preferences/",
        "/accounts/password/change/",
        "/accounts/logout/",
    ]


def make_desk(agent: Person) -> list[Ticket]:
    """A ticket in every state that a page can show."""
    load_library()
    worked = make_ticket(name="Lin Park")
    receive_mail(a_mail(LONG, subject=LONG, precedence="bulk"), way=InboundMail.Way.PIPE)
    receive_mail(a_mail(worked.subject), way=InboundMail.Way.PIPE)
    add_note(worked, by=agent, body="Seen before.")
    send_reply(worked, by=agent, body="Please take the second /v1 out of your base URL.")
    vague = make_ticket(VAGUE)
    escalate(vague, by=agent, reason="Several customers say the same.")
    overruled = make_ticket("HTTP 503 from the upstream since noon", told={"charged": True})
    overrule(overruled, by=agent, cause="task.queued", reason="It waits in the queue.")
    receive(overruled, text="HTTP/1.1 401\ninvalid_api_key", source=Ticket.Source.FORM)
    paste_evidence(overruled, text=f"{HOPS} {LONG}", by=agent)
    closed = make_ticket()
    resolve(closed, by=agent, cause="endpoint.base_url", plain="The base URL was doubled.", charged="yes",
            retried="no", result="customer_fixed")  # fmt: skip
    broken = make_ticket(LONG, subject=LONG, name="A name of several given names and a title")
    Event.objects.filter(pk=broken.events.earliest("position").pk).update(data={"subject": "another"})
    set_tags(vague, ["base-url", "refund", "vip"], by=agent)
    open_incident(by=agent, title=LONG[:200], model="gpt-4o", route="word" * 30, tickets=[vague, broken])
    over = make_ticket(VAGUE)
    incident = open_incident(by=agent, title="It is over", provider="openai", tickets=[over])
    StatusPage.objects.create(pk=1, is_on=True, name=LONG[:80])
    for state, words in (("identified", f"We know why it fails: {LONG}"), ("resolved", "It works again.")):
        send_update(incident, by=agent, state=state, texts={"en": words}, is_public=True)
    deliver_update(incident.updates.latest("pk").pk, list(Delivery.objects.values_list("pk", flat=True)))
    make_proposal(make_charge(account=LONG[:120]), by=agent, may_grant=False)
    make_charge(request_id=LONG[:120])
    Incident.objects.create(title="openai fails", provider="openai")
    ProviderNotice.objects.create(provider="openai", title=LONG[:200], published_at=timezone.now())
    return [worked, vague, overruled, closed, broken]


@pytest.fixture
def agent() -> Person:
    return make_engineer(name="Ana Petrov")  # works tickets like an agent, and runs incidents


@pytest.mark.parametrize("signed_in", [True, False])
def test_no_page_scrolls_sideways(open_page: NewPage, agent: Person, signed_in: bool):
    tickets = make_desk(agent)
    page = open_page(agent if signed_in else None, viewport=PHONE)
    wide = [
        f"{path} at {width} px"
        for path in (desk_pages(tickets) if signed_in else public_pages(tickets[0]))
        for width in widths_of(page, path)
    ]

    assert wide == []


def widths_of(page: Page, path: str) -> Iterator[int]:
    page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield width


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESKTOP), ("dark", PHONE)])
@pytest.mark.parametrize("signed_in", [True, False])
def test_axe_finds_nothing_serious(
    open_page: NewPage, agent: Person, signed_in: bool, scheme: str, viewport: dict[str, int]
):
    tickets = make_desk(agent)
    page = open_page(agent if signed_in else None, viewport=viewport, color_scheme=scheme)
    found = {
        path: problems
        for path in (desk_pages(tickets) if signed_in else public_pages(tickets[0]))
        if (problems := problems_of(page, path))
    }

    assert found == {}


def problems_of(page: Page, path: str) -> list[str]:
    page.goto(path)
    return _run_axe(page)


def _run_axe(page: Page) -> list[str]:
    page.evaluate(UNCOVERED)
    page.evaluate(FADED_IN)
    page.evaluate(AXE.read_text(encoding="utf-8"))  # evaluated from outside: the page's policy stays as it is
    return page.evaluate(FIND)


def test_axe_would_find_a_field_without_a_name(page: Page):
    page.goto("/accounts/login/")
    page.locator("label[for=id_password]").evaluate("label => label.remove()")

    assert [problem.split(":")[0] for problem in _run_axe(page)] == ["label"]


def test_axe_finds_nothing_serious_in_what_opens(open_page: NewPage, agent: Person, page_errors: PageErrors):
    page_errors.expect(422)
    ticket = make_ticket(VAGUE)
    page = open_page(agent)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#strip a.cell", has_text="Model").click()
    page.locator("#editor:popover-open").wait_for()
    in_the_editor = _run_axe(page)
    page.keyboard.press("Escape")
    page.locator("#reply-body").fill("Please send us your API key.")
    page.locator(".send-reply button.btn-main").first.click()
    page.get_by_role("alert").wait_for()
    page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")

    assert (in_the_editor, _run_axe(page)) == ([], [])


def test_a_refusal_and_a_lost_page_are_pages_of_ours(open_page: NewPage, page_errors: PageErrors):
    page_errors.expect(403)
    page_errors.expect(404)
    page = open_page(make_billing(), viewport=PHONE)
    headings = []
    for path in ("/tickets/new/", "/nothing/here/"):
        page.goto(path)
        headings.append(page.locator("h1").text_content())
        assert _run_axe(page) == []

    assert headings == ["This is not open to your role", "There is nothing at this address"]


def test_an_expired_form_gives_back_what_was_typed(open_page: NewPage, page_errors: PageErrors):
    page_errors.expect(403)
    page = open_page(viewport=PHONE)
    page.goto("/")
    page.get_by_label("Paste what you see").fill("HTTP 502 since noon, gpt-4o")
    page.context.clear_cookies()
    page.get_by_role("button", name="Find the cause").click()

    expect_text = page.get_by_label("Your text")
    assert expect_text.input_value() == "HTTP 502 since noon, gpt-4o"
    assert _run_axe(page) == []
    page.get_by_role("button", name="Send again").click()
    page.wait_for_url("**/report/")
    assert page.locator(".answer").count() == 1
