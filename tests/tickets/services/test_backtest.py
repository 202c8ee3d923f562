"""Back-tests must say exactly what judging every ticket whole with both sets would say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_admin, make_agent, make_ticket
from tests.performance import texts
from tests.tickets.services.rule.test_set import OWN, TEAPOT, activated, keep_own
from tickets.models import Backtest, BacktestFlip, Job, Person, RuleSet, Ticket, Verdict
from tickets.services import backtest, outbox
from tickets.services.backtest import ask, cancel, go_on
from tickets.services.catalogue import catalogue
from tickets.services.context import own_context
from tickets.services.rule.drafting import begin_draft, switch_off
from tickets.services.rule.set import active_rules, digest_of, rules_of
from tickets.services.verdict import confirm, overrule
from tickets.tasks import KINDS
from triage.engine import diagnose

pytestmark = pytest.mark.django_db


def draft_with_own(by: Person) -> RuleSet:
    draft = begin_draft(by=by)
    keep_own(draft, by)
    return draft


def finished(rule_set: RuleSet, by: Person, **asked: int) -> Backtest:
    test = ask(rule_set, by=by, **asked)
    outbox.drain(KINDS)
    test.refresh_from_db()
    return test


def test_a_ticket_that_would_be_judged_otherwise_is_listed(admin: Person) -> None:
    ticket, _other = make_ticket(TEAPOT), make_ticket()
    test = finished(draft_with_own(admin), admin)
    flip = BacktestFlip.objects.get()

    assert (test.state, test.done, test.total, test.flips) == ("done", 2, 2, 1)
    assert (flip.ticket, flip.cause_before, flip.cause_after, flip.kind) == (
        ticket, "endpoint.base_url", "gateway.bug", "open",
    )  # fmt: skip
    assert test.figures["flips"] == {"endpoint.base_url gateway.bug": 1}
    assert test.figures["rules"]["own-teapot"]["after"] == 1


def test_agreement_with_people_is_counted_before_and_after(admin: Person) -> None:
    agent = make_agent()
    overrule(make_ticket(TEAPOT), by=agent, cause="gateway.bug", reason="it is the gateway")
    confirm(make_ticket(TEAPOT), by=agent)
    confirm(make_ticket(), by=agent)
    test = finished(draft_with_own(admin), admin)

    figures = test.figures
    assert (figures["decided"], figures["agreed_before"], figures["agreed_after"]) == (3, 2, 2)
    assert figures["kinds"] == {"better": 1, "worse": 1}


def test_only_the_days_asked_for_are_tried(admin: Person) -> None:
    old, _new = make_ticket(TEAPOT), make_ticket(TEAPOT)
    Ticket.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))

    assert finished(draft_with_own(admin), admin, days=30).total == 1


def test_only_the_newest_are_tried_where_a_number_was_asked_for(admin: Person) -> None:
    make_ticket(TEAPOT)
    newest = make_ticket(TEAPOT)
    test = finished(draft_with_own(admin), admin, most=1)

    assert (test.total, test.done) == (1, 1)
    assert BacktestFlip.objects.get().ticket == newest


def test_a_cancelled_one_goes_no_further(admin: Person) -> None:
    make_ticket(TEAPOT)
    test = ask(draft_with_own(admin), by=admin)
    cancel(test)
    outbox.drain(KINDS)
    test.refresh_from_db()

    assert (test.state, test.done) == ("cancelled", 0)


def test_a_piece_told_twice_counts_once(admin: Person) -> None:
    make_ticket(TEAPOT)
    test = ask(draft_with_own(admin), by=admin)
    go_on(test.pk)
    go_on(test.pk)
    test.refresh_from_db()

    assert (test.state, test.done, test.flips) == ("done", 1, 1)


def test_it_goes_on_in_another_job_where_the_first_ended(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        make_ticket(TEAPOT)
    monkeypatch.setattr(backtest, "AT_A_TIME", 2)
    monkeypatch.setattr(backtest, "SECONDS", 0.0)
    test = finished(draft_with_own(admin), admin)

    assert Job.objects.filter(kind="backtest").count() == 3
    assert (test.state, test.done, test.flips) == ("done", 5, 5)


def test_a_draft_that_changes_meanwhile_ends_it(admin: Person) -> None:
    make_ticket(TEAPOT)
    draft = draft_with_own(admin)
    test = ask(draft, by=admin)
    keep_own(draft, admin, OWN.replace("sure", "likely"))
    outbox.drain(KINDS)
    test.refresh_from_db()

    assert (test.state, test.error) == ("failed", "changed")


def test_one_that_is_under_way_is_not_begun_twice(admin: Person) -> None:
    draft = draft_with_own(admin)

    assert ask(draft, by=admin) == ask(draft, by=make_admin())


def test_the_quick_way_says_what_whole_diagnoses_say(admin: Person) -> None:
    """Also beside an active set of our own, and for judgements of which no signals were kept."""
    second = make_admin()
    for at in range(240):
        make_ticket(texts.text(300, seed=4_000 + at) + (TEAPOT if at % 9 == 0 else ""))
    activated(admin, second)
    for at in range(60):
        make_ticket(texts.text(300, seed=5_000 + at))
    Verdict.objects.filter(ticket__in=Ticket.objects.order_by("number")[:50]).update(signals={})
    draft = begin_draft(by=admin)
    keep_own(draft, admin, OWN.replace("matches: 'teapot'", "matches: 'teapot|overloaded|invalid'"))
    for rule in catalogue().rule_set.rules[::12]:
        switch_off(draft, rule.id, by=admin)
    finished(draft, admin)

    before, after = active_rules(), rules_of(draft)
    expected = {}
    for verdict in Verdict.objects.all():
        context = {**own_context(verdict.ticket), **verdict.trace["around"]}
        both = [diagnose(verdict.text, context, rules).cause.slug for rules in (before, after)]
        if both[0] != both[1]:
            expected[verdict.ticket_id] = tuple(both)
    found = BacktestFlip.objects.values_list("ticket", "cause_before", "cause_after")
    assert {number: (one, two) for number, one, two in found} == expected
    assert len(expected) > 20


def test_signals_that_were_not_kept_are_kept_when_they_were_read(admin: Person) -> None:
    ticket = make_ticket(TEAPOT)
    kept = ticket.verdicts.get().signals
    ticket.verdicts.update(signals={})
    finished(draft_with_own(admin), admin)

    assert ticket.verdicts.get().signals == kept


def test_the_digest_tells_drafts_apart(admin: Person) -> None:
    draft = draft_with_own(admin)
    before = digest_of(draft)
    keep_own(draft, admin, OWN.replace("sure", "likely"))

    assert digest_of(draft) != before
