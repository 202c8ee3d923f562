"""What the migration counts from stored verdicts is what the desk counts as it goes."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import RuleFiring, Verdict
from tickets.services.verdict import confirm, overrule, take_back

pytestmark = pytest.mark.django_db(transaction=True)  # constraints are altered
migration = import_module("tickets.migrations.0037_rule_states")
FIELDS = ("rule", "cause", "ticket", "verdict", "is_silenced", "outcome")
SILENCING = 'HTTP 401 {"error":{"code":"invalid_api_key","message":"Incorrect API key provided. 余额不足"}}'


def kept():
    return sorted(RuleFiring.objects.values_list(*FIELDS))


def counted():
    RuleFiring.objects.all().delete()
    migration.count_firings(None, SimpleNamespace(connection=connection))
    return kept()


def test_stored_verdicts_give_what_was_counted_while_they_were_made():
    agent = make_agent()
    agreed, overruled, taken_back = (make_ticket() for _ in range(3))
    for text in (SILENCING, VAGUE):
        make_ticket(text)
    confirm(agreed, by=agent)
    overrule(overruled, by=agent, cause="gateway.bug", reason="It was ours.")
    overrule(taken_back, by=agent, cause="gateway.bug", reason="It was ours.")
    take_back(taken_back, by=agent)
    while_judging = kept()

    assert {outcome for *_, outcome in while_judging} == {"", "agreed", "overruled"}
    assert counted() == while_judging


def test_only_the_newest_judgement_of_the_engine_counts():
    ticket = make_ticket()
    older = Verdict.objects.get(ticket=ticket)
    trace = {"fired": [{"id": "another", "cause": "key.invalid", "silenced_by": "more.exact"}]}
    newer = Verdict.objects.create(
        ticket=ticket, verdict=older.verdict, cause=older.cause, confidence=1, trace=trace, is_current=False
    )

    assert counted() == [("another", "key.invalid", ticket.pk, newer.pk, True, "")]


@pytest.mark.parametrize("trace", [{}, [], {"fired": []}, {"fired": None}])
def test_a_verdict_without_rules_counts_nothing(trace):
    ticket = make_ticket()
    Verdict.objects.filter(ticket=ticket).update(trace=trace)

    assert counted() == []
