"""The rule lab through its pages, as a browser without script would use it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_admin, make_agent, make_ticket
from tests.html import read_page
from tests.tickets.forms.test_rule import as_sent
from tests.tickets.services.rule.test_set import OWN, TEAPOT, activated, backtested, keep_own
from tickets.forms.rule import NEW, RuleEditor, stored_editor
from tickets.models import Backtest, BacktestFlip, Person, RuleEntry, RuleSet
from tickets.services import outbox
from tickets.services.catalogue import catalogue, load
from tickets.services.rule.activation import activate, mark_tested
from tickets.services.rule.drafting import begin_draft, drop_rule
from tickets.services.rule.set import active_rules
from tickets.services.verdict import confirm, overrule
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
RULES = "/curation/rules/"
LATER = {"keys-title is no id of the page"}  # it comes with the sheet of keys


@pytest.fixture
def here(client: Client, admin: Person) -> Client:
    client.force_login(admin)
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    shown: str = answer.content.decode()
    assert set(read_page(shown).problems) <= LATER
    return shown


def sent(client: Client, address: str, **fields: str) -> str:
    answer = client.post(address, fields, follow=True)
    shown: str = answer.content.decode()
    assert set(read_page(shown).problems) <= LATER
    return shown


def test_the_list_has_every_rule_page_by_page(here: Client) -> None:
    seen: list[str] = []
    address = RULES
    while address:
        answer = here.get(address)
        seen += [row.rule.id for row in answer.context["page"].rows]
        address = answer.context["next"] and RULES + answer.context["next"]

    assert seen == [rule.id for rule in catalogue().rule_set.rules]


def test_the_list_is_searched_by_name_cause_and_words_it_looks_for(here: Client) -> None:
    for words in ("quota-user-balance-empty", "quota.balance 预扣费", "trusted+and+no+need"):
        assert "quota-user-balance-empty" in page(here, f"{RULES}?q={words}")
    assert "No rule has all of these words" in page(here, f"{RULES}?q=xyzzy")


def test_a_rule_shows_its_record_with_links_to_the_tickets(here: Client) -> None:
    agent = make_agent()
    agreed, overruled = make_ticket(), make_ticket()
    confirm(agreed, by=agent)
    overrule(overruled, by=agent, cause="quota.balance", reason="it was the money")
    rule = agreed.rule_firings.filter(is_silenced=False).values_list("rule", flat=True)[0]

    assert f"#{overruled.number} " in page(here, f"{RULES}one/{rule}/?what=overruled")
    assert f"#{agreed.number} " not in page(here, f"{RULES}one/{rule}/?what=overruled")
    assert f"#{agreed.number} " in page(here, f"{RULES}one/{rule}/?what=agreed")
    assert rule in page(here, f"{RULES}?only=overruled")


def test_a_rule_that_was_taken_away_keeps_its_record(here: Client, admin: Person) -> None:
    second, at = make_admin(), f"{RULES}one/own-teapot/"
    activated(admin, second)
    ticket = make_ticket(TEAPOT)
    draft = begin_draft(by=admin)
    drop_rule(draft, "own-teapot", by=admin)

    assert "The draft takes this rule away." in page(here, at)
    activate(mark_tested(backtested(draft), by=admin), by=second)
    shown = page(here, at)
    assert "No rule of this name judges, and none is in a draft." in shown
    assert "The gateway calls itself a teapot." in shown
    assert f"#{ticket.number} " in shown
    assert 'value="drop"' not in shown


def test_a_rule_that_is_not_there_is_not_found(here: Client) -> None:
    assert here.get(f"{RULES}one/no-such-rule/").status_code == 404


@pytest.mark.parametrize("address", [RULES, f"{RULES}?only=overruled", f"{RULES}sets/"])
def test_lists_cost_the_same_at_one_and_three_rows(here: Client, admin: Person, address: str) -> None:
    begin_draft(by=admin)
    counts = []
    for tickets in (1, 2):
        for _ in range(tickets):
            overrule(make_ticket(), by=admin, cause="quota.balance", reason="it was the money")
            made = RuleSet.objects.count()
            RuleSet.objects.create(
                number=made + 50,
                version=str(made),
                state="retired",
                changed_by=admin,
            )
        here.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            here.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_tickets_of_a_rule_cost_the_same_at_one_and_three_rows(here: Client, admin: Person) -> None:
    ticket = make_ticket()
    rule = ticket.rule_firings.values_list("rule", flat=True)[0]
    counts = []
    for more in (0, 2):
        for _ in range(more):
            make_ticket()
        here.get(f"{RULES}one/{rule}/")
        with CaptureQueriesContext(connection) as queries:
            here.get(f"{RULES}one/{rule}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_new_rule_is_written_in_the_form_and_kept_in_a_draft(here: Client, admin: Person) -> None:
    editor = RuleEditor(NEW)
    fields = as_sent(
        editor, id="own-teapot", cause="gateway.bug", strength="sure", because_en="A teapot.", because_zh="茶壶。",
        source="ours",
    )  # fmt: skip
    fields |= {
        "all-0-signal": "text", "all-0-op": "matches", "all-0-value": "teapot", "fires_on-0-text": "I am a teapot",
        "quiet_on-0-text": "I am a kettle", "do": "save",
    }  # fmt: skip
    shown = sent(here, f"{RULES}new/", **fields)

    entry = RuleEntry.objects.get()
    assert (entry.rule, entry.kind, entry.rule_set.state, entry.rule_set.changed_by) == (
        "own-teapot", "own", "draft", admin,
    )  # fmt: skip
    assert "own-teapot is kept in draft" in shown


def test_rows_come_and_go_without_script(here: Client) -> None:
    answer = here.post(f"{RULES}new/", as_sent(RuleEditor(NEW), source="typed already") | {"do": "add-none"})

    assert 'name="none-0-signal"' in answer.content.decode()
    assert "typed already" in answer.content.decode()


def test_who_adds_a_case_is_not_told_that_there_is_none_yet(here: Client) -> None:
    asked = as_sent(RuleEditor(NEW), source="typed already")

    adding = here.post(f"{RULES}new/", asked | {"do": "add-quiet_on"}).context["editor"]
    saving = here.post(f"{RULES}new/", asked | {"do": "save"}).context["editor"]

    assert adding.errors_at("quiet_on") == []
    assert saving.errors_at("quiet_on") != []


def test_a_refused_rule_names_line_and_field_and_keeps_what_was_typed(here: Client) -> None:
    broken = OWN.replace("gateway.bug", "gateway.ghost").replace("matches: 'teapot'", "matches: '(teapot'")
    answer = here.post(f"{RULES}new/", as_sent(RuleEditor(NEW), yaml=broken) | {"do": "save"})
    shown = answer.content.decode()

    assert answer.status_code == 422
    assert "<strong>Line 6</strong>" in shown
    assert "when.all.1" in shown
    assert "gateway.ghost" in shown
    assert not RuleEntry.objects.exists()


def test_a_built_in_rule_is_changed_in_its_place(here: Client) -> None:
    rule = catalogue().rule_set.rules[7]
    editor = here.get(f"{RULES}one/{rule.id}/text/").context["editor"]
    sent(here, f"{RULES}one/{rule.id}/text/", **as_sent(editor, strength="hint"), do="save")

    entry = RuleEntry.objects.get()
    assert (entry.rule, entry.position) == (rule.id, None)
    assert "strength: hint" in entry.written


def test_what_another_saved_meanwhile_is_said_and_nothing_is_lost(here: Client, admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    editor = here.get(f"{RULES}one/own-teapot/text/").context["editor"]
    keep_own(draft, admin, OWN.replace("our own", "somebody else"))
    answer = here.post(f"{RULES}one/own-teapot/text/", as_sent(editor, source="mine") | {"do": "save"})

    assert answer.status_code == 422
    assert "Somebody else saved this rule meanwhile" in answer.content.decode()
    assert "source: mine" in answer.content.decode()


def test_a_pasted_error_shows_what_the_rule_does(here: Client) -> None:
    fields = as_sent(stored_editor(OWN), trial=TEAPOT)
    shown = here.post(f"{RULES}trial/", fields, headers={"HX-Request": "true"}).content.decode()
    assert "It fires." in shown
    assert "The verdict changes." in shown
    assert "<html" not in shown

    fields = as_sent(stored_editor(OWN), trial="I am a kettle")
    assert "It keeps quiet." in sent(here, f"{RULES}new/", **fields, do="try")


def test_what_nearly_fires_says_what_it_lacks(here: Client) -> None:
    text = OWN.replace(
        "    - text: {matches: 'teapot'}", "    - text: {matches: 'teapot'}\n    - http_status: {is: 418}"
    )
    fields = as_sent(stored_editor(text), trial="it says teapot")
    shown = sent(here, f"{RULES}new/", **fields, do="try")

    assert "It nearly fires." in shown
    assert "http_status is 418" in shown


def test_rules_are_ordered_switched_off_and_on_by_plain_forms(here: Client) -> None:
    one, two = (catalogue().rule_set.rules[at].id for at in (3, 4))
    for rule, do in (
        (one, "first"),
        (two, "first"),
        (two, "down"),
        (catalogue().rule_set.rules[5].id, "off"),
    ):
        sent(here, f"{RULES}one/{rule}/place/", do=do)

    rows = here.get(RULES).context["page"].rows
    assert [row.rule.id for row in rows[:2]] == [one, two]
    assert "switched off" in page(here, f"{RULES}?only=off")


def test_a_set_goes_from_draft_to_active_by_two_people(here: Client, admin: Person) -> None:
    load()
    make_ticket(TEAPOT)
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    address = f"{RULES}sets/{draft.number}/"
    assert "Try it on past tickets, exactly as it is now." in page(here, address)

    assert "Back-test of rule set" in sent(here, f"{address}backtests/", days="30")
    outbox.drain(KINDS)
    shown = page(here, f"{RULES}backtests/{Backtest.objects.get().pk}/")
    assert f"#{BacktestFlip.objects.get().ticket_id} " in shown
    sent(here, f"{address}state/", to="tested")
    assert "A second person activates it." in page(here, address)
    assert here.post(f"{address}state/", {"to": "active"}).status_code == 403

    here.force_login(make_admin())
    assert "judges from now on" in sent(here, f"{address}state/", to="active")
    assert active_rules().version == RuleSet.objects.get(number=draft.number).version

    built_in = RuleSet.objects.get(is_built_in=True)
    sent(here, f"{RULES}sets/{built_in.number}/state/", to="back")
    assert RuleSet.objects.active().get().brings_back == built_in


def test_versions_are_compared_line_by_line(here: Client, admin: Person) -> None:
    first = activated(admin, make_admin())
    second = activated(admin, make_admin(), OWN.replace("sure", "likely"))
    shown = page(here, f"{RULES}sets/{second.number}/?against={first.number}")

    assert "<del>strength: sure</del>" in shown
    assert "<ins>strength: likely</ins>" in shown


def test_a_running_backtest_shows_its_progress_and_is_cancelled(here: Client, admin: Person) -> None:
    draft = begin_draft(by=admin)
    test = Backtest.objects.create(rule_set=draft, digest="", total=200, done=50, state="running")
    address = f"{RULES}backtests/{test.pk}/"

    assert '<progress max="200" value="50"' in page(here, address)
    fragment = here.get(address, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith("<div")
    assert "Cancelled after 50 of 200 tickets." in sent(here, f"{address}cancelling/")
    assert here.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_flips_are_listed_page_by_page_and_by_kind(here: Client, admin: Person) -> None:
    draft = begin_draft(by=admin)
    test = Backtest.objects.create(rule_set=draft, digest="", total=60, done=60, flips=60, state="done")
    for at in range(60):
        BacktestFlip.objects.create(
            backtest=test, ticket=make_ticket("x"), verdict_before="config_mistake", cause_before="key.invalid",
            verdict_after="provider_incident", cause_after="upstream.error", kind="better" if at % 2 else "open",
        )  # fmt: skip
    address = f"{RULES}backtests/{test.pk}/"
    first = here.get(address)

    assert len(first.context["flips"]) == 50
    assert len(here.get(address + first.context["next"]).context["flips"]) == 10
    assert len(here.get(f"{address}?kind=better").context["flips"]) == 30
    assert len(here.get(f"{address}?pair=key.invalid+upstream.error").context["flips"]) == 50


def test_a_set_is_exported_and_taken_in_elsewhere(here: Client, admin: Person) -> None:
    rule_set = activated(admin, make_admin(), "# why\n" + OWN)
    exported = here.get(f"{RULES}sets/{rule_set.number}/rules.yaml").content.decode()
    sent(here, f"{RULES}import/", text=exported)

    (entry,) = RuleSet.objects.draft().get().entries.all()
    assert (entry.rule, entry.kind, entry.position) == ("own-teapot", "own", 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste an exported rule set"),
        ("just words", "no exported rule set"),
        ("format: triage-rules/1\nrules:\n  - id: one", "line 3"),
        ("format: triage-rules/1\nfirst: 7", "must be a list"),
        ("a: [", "line 1"),
    ],
)
def test_a_bad_import_is_refused_with_its_line(here: Client, text: str, words: str) -> None:
    answer = here.post(f"{RULES}import/", {"text": text})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RuleSet.objects.draft().exists()


def test_an_overruled_verdict_becomes_a_case_of_the_rule(here: Client, admin: Person) -> None:
    ticket = make_ticket()
    overrule(ticket, by=admin, cause="quota.balance", reason="it was the money")
    rule = ticket.rule_firings.filter(outcome="overruled").values_list("rule", flat=True)[0]
    address = f"/tickets/{ticket.number}/verdict/test-case/"
    assert "Make it a case of the rule" in here.get(f"/tickets/{ticket.number}/").content.decode()

    refused = here.post(address, {"case": f"quiet_on {rule}", "text": "POST /v1/v1/chat"})
    assert refused.status_code == 422
    sent(here, address, case=f"quiet_on {rule}", text="POST /v1/v1/chat by lin@example.org", confirmed="on")

    entry = RuleEntry.objects.get()
    assert (entry.rule, entry.kind) == (rule, "own")
    assert "POST /v1/v1/chat by" in entry.written
    assert "lin@example.org" not in entry.written


def test_a_verdict_that_stands_offers_no_case(here: Client) -> None:
    ticket = make_ticket()

    assert here.get(f"/tickets/{ticket.number}/verdict/test-case/").status_code == 404


def test_agents_read_rules_and_change_none(client: Client, agent: Person) -> None:
    client.force_login(agent)

    assert "New rule" not in page(client, RULES)
    assert client.get(f"{RULES}new/").status_code == 403


def test_the_pages_speak_chinese(here: Client, admin: Person) -> None:
    admin.language = "zh-hans"
    admin.save()
    draft = backtested(begin_draft(by=admin))
    keep_own(draft, admin)

    for address in (
        RULES,
        f"{RULES}one/own-teapot/",
        f"{RULES}one/own-teapot/text/",
        f"{RULES}sets/{draft.number}/",
    ):
        assert "规则" in page(here, address)
