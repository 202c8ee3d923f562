"""Own rules on top of the catalogue: drafting, testing, activating, bringing back."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_admin, make_ticket
from tickets.models import AuditEntry, Backtest, Person, RuleEntry, RuleSet
from tickets.permissions import can_activate_rules
from tickets.services.catalogue import catalogue, load
from tickets.services.rule import activation as rule_activation
from tickets.services.rule.activation import NotYet, SamePerson, activate, bring_back, mark_tested
from tickets.services.rule.drafting import (
    ChangedMeanwhile,
    NoDraft,
    begin_draft,
    discard,
    drop_rule,
    move,
    put_back,
    put_first,
    save_rule,
    switch_off,
    switch_on,
)
from tickets.services.rule.set import active_rules, digest_of, problems_of, rules_of
from triage.engine.catalogue.written import read_written

pytestmark = pytest.mark.django_db

OWN = """\
id: own-teapot
cause: gateway.bug
strength: sure
when:
  all:
    - text: {matches: 'teapot'}
because:
  en: The gateway calls itself a teapot.
  zh: 网关自称茶壶。
source: our own
fires_on:
  - HTTP 418 I am a teapot
quiet_on:
  - HTTP 418 I am a kettle
"""
TEAPOT = "HTTP/1.1 404 Not Found\n\nI am a teapot\nInvalid URL (POST /v1/v1/chat/completions)"


def keep_own(draft: RuleSet, by: Person, text: str = OWN) -> RuleEntry:
    rule = read_written(text).rule
    assert rule is not None
    return save_rule(draft, rule, text, by=by)


def backtested(draft: RuleSet) -> RuleSet:
    Backtest.objects.create(rule_set=draft, digest=digest_of(draft), state=Backtest.State.DONE)
    return draft


def activated(author: Person, second: Person, text: str = OWN) -> RuleSet:
    draft = begin_draft(by=author)
    keep_own(draft, author, text)
    return activate(mark_tested(backtested(draft), by=author), by=second)


def test_without_a_set_the_catalogue_judges() -> None:
    assert active_rules() is catalogue().rule_set
    load()
    assert active_rules() is catalogue().rule_set


def test_own_rules_are_heard_before_the_catalogue(admin: Person) -> None:
    before = make_ticket(TEAPOT).current_verdict()
    rule_set = activated(admin, make_admin())
    after = make_ticket(TEAPOT).current_verdict()

    assert before is not None
    assert before.cause == "endpoint.base_url"
    assert after is not None
    assert after.cause == "gateway.bug"
    assert after.rule_set == rule_set.version


def test_there_is_one_draft_at_a_time(admin: Person) -> None:
    first = begin_draft(by=admin)

    assert begin_draft(by=make_admin()) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.create(number=99, version="another", state=RuleSet.State.DRAFT)


def test_the_author_of_the_last_change_does_not_activate(admin: Person) -> None:
    second = make_admin()
    draft = begin_draft(by=second)
    keep_own(draft, admin)
    tested = mark_tested(backtested(draft), by=second)

    with pytest.raises(SamePerson):
        activate(tested, by=admin)
    assert not can_activate_rules(admin, tested)
    assert can_activate_rules(second, tested)


def test_the_database_refuses_one_person_alone(admin: Person) -> None:
    draft = begin_draft(by=admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.filter(pk=draft.pk).update(activated_by=admin)


def test_a_rule_that_misses_its_own_case_keeps_a_set_from_being_tested(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin, OWN.replace("HTTP 418 I am a teapot", "HTTP 418 I am a kettle too"))
    backtested(draft)

    with pytest.raises(NotYet) as refusal:
        mark_tested(draft, by=admin)
    assert [problem.id for problem in refusal.value.obstacles.problems] == ["own-teapot"]


def test_a_set_that_was_changed_after_its_backtest_is_not_tested(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    backtested(draft)
    keep_own(draft, admin, OWN.replace("sure", "likely"))

    with pytest.raises(NotYet) as refusal:
        mark_tested(draft, by=admin)
    assert refusal.value.obstacles.needs_backtest


def test_a_set_that_cannot_be_read_never_becomes_active(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    tested = mark_tested(backtested(draft), by=admin)
    tested.entries.update(written="id: own-teapot")

    with pytest.raises(NotYet):
        activate(tested, by=make_admin())
    assert active_rules() is catalogue().rule_set


def test_an_active_set_that_cannot_be_read_gives_way_to_the_catalogue(admin: Person) -> None:
    rule_set = activated(admin, make_admin())
    rule_set.entries.update(written="no rule")
    RuleSet.objects.filter(pk=rule_set.pk).update(version="spoiled")

    assert active_rules() is catalogue().rule_set


def test_a_tested_set_does_not_change(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    mark_tested(backtested(draft), by=admin)

    with pytest.raises(NoDraft):
        keep_own(draft, admin)


def test_an_old_set_is_back_in_one_step_as_a_new_version(admin: Person) -> None:
    first = activated(admin, make_admin())
    activated(
        admin,
        make_admin(),
        OWN.replace("teapot'", "kettle'").replace("a kettle", "a cup").replace("a teapot", "a kettle"),
    )
    first.refresh_from_db()
    again = bring_back(first, by=admin)

    assert again.number > first.number
    assert [(entry.rule, entry.written) for entry in again.entries.all()] == [("own-teapot", OWN)]
    assert RuleSet.objects.active().get() == again
    entry = AuditEntry.objects.filter(kind="rules").first()
    assert entry is not None
    assert entry.after is not None
    assert entry.after["brings back"] == first.number


def test_the_catalogue_alone_is_back_in_one_step(admin: Person) -> None:
    load()
    built_in = RuleSet.objects.active().get()
    activated(admin, make_admin())
    built_in.refresh_from_db()
    bring_back(built_in, by=admin)

    assert [rule.id for rule in active_rules().rules] == [rule.id for rule in catalogue().rule_set.rules]


def test_a_rule_of_the_catalogue_is_switched_off_and_on(admin: Person) -> None:
    draft = begin_draft(by=admin)
    rule = catalogue().rule_set.rules[3].id
    switch_off(draft, rule, by=admin)
    assert rule not in {each.id for each in rules_of(draft).rules}

    switch_on(draft, rule, by=admin)
    assert rule in {each.id for each in rules_of(draft).rules}


def test_a_changed_rule_of_the_catalogue_keeps_its_place(admin: Person) -> None:
    draft = begin_draft(by=admin)
    at, rule = 5, catalogue().rule_set.rules[5]
    keep_own(draft, admin, OWN.replace("own-teapot", rule.id))
    changed = rules_of(draft).rules[at]

    assert (changed.id, changed.cause, changed.rank) == (rule.id, "gateway.bug", 0)
    drop_rule(draft, rule.id, by=admin)
    assert rules_of(draft).rules[at] == rule


def test_order_is_kept_among_those_heard_first(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    one, two = (catalogue().rule_set.rules[at].id for at in (1, 2))
    put_first(draft, one, by=admin)
    put_first(draft, two, by=admin)
    assert [rule.id for rule in rules_of(draft).rules[:3]] == [two, one, "own-teapot"]

    move(draft, two, up=False, by=admin)
    move(draft, one, up=True, by=admin)
    assert [rule.id for rule in rules_of(draft).rules[:3]] == [one, two, "own-teapot"]
    ranks = [rule.rank for rule in rules_of(draft).rules[:4]]
    assert ranks == sorted(ranks, reverse=True)
    assert ranks[3] == 0

    put_back(draft, one, by=admin)
    assert [rule.id for rule in rules_of(draft).rules[:2]] == [two, "own-teapot"]


def test_what_another_saved_meanwhile_is_not_overwritten(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    rule = read_written(OWN).rule
    assert rule is not None

    with pytest.raises(ChangedMeanwhile):
        save_rule(draft, rule, OWN, by=admin, opened="what stood there before")


def test_every_change_is_audited_with_before_and_after(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    keep_own(draft, admin, OWN.replace("sure", "likely"))
    entry = AuditEntry.objects.filter(kind="rules").first()

    assert entry is not None
    assert (entry.before, entry.after) == ({"rule": OWN}, {"rule": OWN.replace("sure", "likely")})


def test_a_discarded_draft_leaves_its_rules_in_the_audit(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin)
    discard(draft, by=admin)

    entry = AuditEntry.objects.filter(kind="rules").first()
    assert entry is not None
    assert entry.before == {"draft": {"own-teapot": OWN}}
    assert not RuleSet.objects.draft().exists()


def test_after_an_upgrade_own_rules_stand_on_the_new_catalogue(admin: Person) -> None:
    active = activated(admin, make_admin())
    old = RuleSet.objects.create(
        number=500, version="older", is_built_in=True, content=_short_catalogue(), state="retired"
    )
    RuleSet.objects.filter(pk=active.pk).update(base=old, version="500-older")
    assert len(active_rules().rules) == 2

    carried = rule_activation.carry_over()

    assert carried is not None
    assert carried != active
    assert active_rules().version == carried.version
    assert len(active_rules().rules) == len(catalogue().rule_set.rules) + 1


def test_causes_that_are_not_there_are_named(admin: Person) -> None:
    draft = begin_draft(by=admin)
    keep_own(draft, admin, OWN.replace("gateway.bug", "gateway.ghost"))

    assert "unknown cause 'gateway.ghost'" in [problem.what for problem in problems_of(draft)]


def _short_catalogue() -> str:
    return "- " + OWN.replace("own-teapot", "old-teapot").replace("\n", "\n  ")
