from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Outcome, Ticket
from tickets.services.assignment import assign
from tickets.services.bulk import assign_all, confirm_all, resolve_all, set_status_of_all, undo
from tickets.services.chain import verify
from tickets.services.checks import HeldBack
from tickets.services.escalation import escalate
from tickets.services.message import receive, send_reply
from tickets.services.outcome import resolve
from tickets.services.snooze import snooze
from tickets.services.verdict import overrule

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_agent()


@pytest.fixture
def tickets():
    return [make_ticket(VAGUE) for _ in range(3)]


def now(tickets):
    return [Ticket.objects.get(pk=ticket.pk) for ticket in tickets]


def test_assigning_several_writes_an_event_on_each_that_changed(agent, tickets):
    assign(tickets[0], to=agent, by=agent)

    change = assign_all(tickets, to=agent, by=agent)

    assert [entry["ticket"] for entry in change.changes] == [tickets[1].number, tickets[2].number]
    assert [ticket.assignee for ticket in now(tickets)] == [agent] * 3
    assert [ticket.events.filter(kind="assigned").count() for ticket in tickets] == [1, 1, 1]


def test_undoing_an_assignment_gives_each_back_to_whom_it_was(agent, tickets):
    other = make_agent()
    assign(tickets[0], to=other, by=agent)

    undone = undo(assign_all(tickets, to=agent, by=agent), by=agent)

    assert (undone.restored, undone.kept) == (3, ())
    assert [ticket.assignee for ticket in now(tickets)] == [other, None, None]


def test_what_was_changed_since_stays_and_is_named(agent, tickets):
    change = assign_all(tickets, to=agent, by=agent)
    for to in (make_agent(), agent):  # away and back again: decided anew all the same
        assign(now(tickets)[1], to=to, by=to)

    undone = undo(change, by=agent)

    assert (undone.restored, undone.kept) == (2, (tickets[1].number,))
    assert [ticket.assignee for ticket in now(tickets)] == [None, agent, None]
    assert undo(change, by=agent).restored == 0


def test_status_is_set_and_put_back_with_the_time_of_closing(agent, tickets):
    resolve(tickets[0], by=agent, cause="unknown", plain="-", charged="no", retried="no", result="explained")
    closed_at = now(tickets)[0].resolved_at
    send_reply(tickets[1], by=agent, body="Which model do you call?")

    change = set_status_of_all(tickets, status="open", by=agent)
    opened = now(tickets)
    undo(change, by=agent)

    assert [ticket.status for ticket in opened] == ["open"] * 3
    assert opened[0].resolved_at is None
    assert [ticket.status for ticket in now(tickets)] == ["resolved", "waiting", "open"]
    assert now(tickets)[0].resolved_at == closed_at


def test_a_customer_who_wrote_since_keeps_the_ticket_open(agent, tickets):
    change = set_status_of_all(tickets, status="waiting", by=agent)
    receive(now(tickets)[0], text="still broken", source=Ticket.Source.MAIL)

    assert undo(change, by=agent).kept == (tickets[0].number,)


def test_verdicts_are_confirmed_and_taken_back(agent, tickets):
    overrule(tickets[0], by=agent, cause="key.revoked", reason="looked it up")
    before = [ticket.current_verdict() for ticket in tickets]

    change = confirm_all(tickets, by=agent)
    confirmed = now(tickets)
    undone = undo(change, by=agent)

    assert [ticket.verdict_by_person for ticket in confirmed] == [True] * 3
    assert undone.restored == 2
    assert [ticket.verdict_by_person for ticket in now(tickets)] == [True, False, False]
    assert [ticket.current_verdict() for ticket in now(tickets)] == before
    assert [verify(ticket) for ticket in now(tickets)] == [None] * 3


def test_a_snooze_is_put_back_as_it_was(agent, tickets):
    wakes_at = timezone.now() + timedelta(hours=5)
    snooze(tickets[0], by=agent, until="time", wakes_at=wakes_at)
    snooze(tickets[1], by=agent, until="reply")

    undone = undo(set_status_of_all(tickets, status="open", by=agent), by=agent)

    assert undone.restored == 2
    assert [ticket.status for ticket in now(tickets)] == ["snoozed", "snoozed", "open"]
    assert [ticket.snoozes.open().get().wakes_at for ticket in tickets[:2]] == [wakes_at, None]


WORDS = {"result": "provider_recovered", "plain": "The provider works again."}


def test_resolving_several_closes_each_with_its_own_cause(agent, tickets):
    overrule(tickets[0], by=agent, cause="quota.balance", reason="seen in the log")

    resolve_all(now(tickets), **WORDS, by=agent)

    assert [one.status for one in now(tickets)] == [Ticket.Status.RESOLVED] * 3
    assert now(tickets)[0].outcomes.get().cause == "quota.balance"
    assert {one.outcomes.get().plain for one in now(tickets)} == {WORDS["plain"]}


def test_resolving_several_leaves_what_is_resolved_or_with_the_engineers(agent, tickets):
    resolve(tickets[0], by=agent, cause="unknown", charged="no", retried="no", **WORDS)
    escalate(tickets[1], by=agent, reason="Every model of the provider answers 503 since 09:00.")

    change = resolve_all(now(tickets), **WORDS, by=agent)

    assert [entry["ticket"] for entry in change.changes] == [tickets[2].number]
    assert not now(tickets)[1].is_resolved


def test_undoing_a_resolution_opens_them_as_they_were(agent, tickets):
    set_status_of_all(tickets[:1], status=Ticket.Status.WAITING, by=agent)

    undo(resolve_all(now(tickets), **WORDS, by=agent), by=agent)

    assert [one.status for one in now(tickets)] == [Ticket.Status.WAITING, *[Ticket.Status.OPEN] * 2]
    assert all(one.resolved_at is None and verify(one) is None for one in now(tickets))
    assert not Outcome.objects.exists()


def test_what_slept_before_it_was_resolved_sleeps_again(agent, tickets):
    snooze(tickets[0], by=agent, until="reply")

    undo(resolve_all(now(tickets), **WORDS, by=agent), by=agent)

    assert [one.status for one in now(tickets)] == ["snoozed", "open", "open"]


def test_words_that_must_not_be_said_resolve_none(agent, tickets):
    with pytest.raises(HeldBack):
        resolve_all(tickets, result="explained", plain="Please send us your full API key.", by=agent)

    assert not any(one.is_resolved for one in now(tickets))
