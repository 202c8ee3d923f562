"""A rule from the browser into the verdicts and back out: changed, tried, activated by a second person, taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, NewPage
from tests.browser.test_pages import problems_of, widths_of
from tests.factories import make_admin, make_ticket
from tests.tickets.services.rule.test_set import TEAPOT, activated, keep_own
from tickets.models import Backtest, RuleSet
from tickets.services import outbox
from tickets.services.backtest import ask
from tickets.services.catalogue import catalogue
from tickets.services.rule.drafting import begin_draft
from tickets.services.rule.set import active_rules
from tickets.services.verdict import overrule
from tickets.tasks import KINDS
from triage.engine.catalogue.written import as_yaml, raw_of

pytestmark = pytest.mark.usefixtures("replies")


def write_rule(page: Page) -> None:
    page.goto("/curation/rules/new/")
    page.get_by_label("Name of the rule").fill("own-teapot")
    page.get_by_label("Cause", exact=True).select_option("gateway.bug")
    page.get_by_label("Strength").select_option("sure")
    page.get_by_role("button", name="Condition · All of these").click()
    page.get_by_label("Signal").select_option("text")
    page.get_by_label("Test", exact=True).select_option("matches")
    page.get_by_label("Value, one to a line").fill("teapot")
    page.get_by_label("Because, in English").fill("The gateway calls itself a teapot.")
    page.get_by_label("Because, in Chinese").fill("网关自称茶壶。")
    page.get_by_label("Where it comes from").fill("seen today")
    for title, text in (("Must fire on", "I am a teapot"), ("Must keep quiet on", "I am a kettle")):
        page.get_by_role("button", name=f"Case · {title}").click()
        page.get_by_role("textbox", name=title).fill(text)


def test_a_rule_is_changed_tried_activated_by_another_and_taken_back(open_page: NewPage):
    ticket = make_ticket(TEAPOT, subject="It says teapot")
    author, second = make_admin(name="Ana Petrov"), make_admin(name="Lin Park")
    page = open_page(author)
    write_rule(page)
    page.get_by_label("A pasted error").fill(TEAPOT)
    expect(page.locator("#trial")).to_contain_text("It fires.")
    expect(page.locator("#trial")).to_contain_text("The verdict changes.")
    page.get_by_role("button", name="Save into the draft").click()
    expect(page.get_by_role("status").first).to_contain_text("own-teapot is kept in draft")

    page.get_by_role("link", name="See what it changes").click()
    expect(page.locator("ins").first).to_have_text("id: own-teapot")
    page.get_by_role("button", name="Try it on past tickets").click()
    expect(page.locator("#progress")).to_be_visible()
    outbox.drain(KINDS)
    expect(page.get_by_role("link", name=f"#{ticket.number} It says teapot")).to_be_visible()
    expect(page.locator("#flips ~ .scroller")).to_contain_text(
        "The gateway itself handled the request wrongly"
    )

    page.get_by_role("link", name="Rule set", exact=False).first.click()
    page.get_by_role("button", name="Mark as tested").click()
    expect(page.get_by_text("A second person activates it.")).to_be_visible()
    expect(page.get_by_role("button", name="Activate")).to_have_count(0)

    other = open_page(second)
    other.goto(page.url)
    other.get_by_role("button", name="Activate").click()
    expect(other.get_by_role("status").first).to_contain_text("judges from now on")
    assert active_rules().rules[0].id == "own-teapot"

    other.goto("/curation/rules/sets/")
    built_in = RuleSet.objects.get(is_built_in=True)
    other.get_by_role("button", name=f"Bring back {built_in.number}").click()
    expect(other.get_by_role("status").first).to_contain_text(f"It is equal to {built_in.number}.")
    assert active_rules().rules[0].id != "own-teapot"


def test_either_side_is_written_and_the_other_follows(open_page: NewPage):
    page = open_page(make_admin())
    write_rule(page)
    page.get_by_role("button", name="Bring both sides together").last.click()
    yaml = page.get_by_label("The same rule as YAML")
    expect(yaml).to_have_value(page.locator("#rule-yaml").input_value())
    assert "matches: teapot" in yaml.input_value()

    yaml.fill(yaml.input_value().replace("teapot}", "samovar}"))
    page.get_by_role("button", name="Bring both sides together").last.click()

    expect(page.get_by_label("Value, one to a line")).to_have_value("samovar")


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESKTOP), ("dark", PHONE)])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    open_page: NewPage, scheme: str, viewport: dict[str, int]
):
    author = make_admin(name="Ana Petrov")
    tickets = [make_ticket(TEAPOT, subject="It says teapot " * 8) for _ in range(3)]
    overrule(tickets[0], by=author, cause="gateway.bug", reason="it is the gateway")
    activated(author, make_admin())
    draft = begin_draft(by=author)
    longest = max(catalogue().rule_set.rules, key=lambda rule: len(str(rule.when)))
    keep_own(draft, author, as_yaml({**raw_of(longest), "strength": "hint", "cause": "client.proxy_tls"}))
    test = ask(draft, by=author)
    outbox.drain(KINDS)
    running = Backtest.objects.create(rule_set=draft, digest="", total=100_000, done=43_000, state="running")
    page = open_page(author, viewport=viewport, color_scheme=scheme)
    found = {
        path: problems
        for path in (
            "/curation/rules/?only=changed",
            f"/curation/rules/one/{longest.id}/",
            f"/curation/rules/one/{longest.id}/text/",
            "/curation/rules/new/",
            "/curation/rules/import/",
            "/curation/rules/sets/",
            f"/curation/rules/sets/{draft.number}/",
            f"/curation/rules/backtests/{test.pk}/",
            f"/curation/rules/backtests/{running.pk}/",
            f"/tickets/{tickets[0].number}/verdict/test-case/",
        )
        if (problems := problems_of(page, path) + [f"{width} px" for width in widths_of(page, path)])
    }

    assert found == {}
