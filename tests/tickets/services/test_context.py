from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import fake_key, make_ticket
from tests.failures import make_row, make_token
from tickets.models import Account, FailureKind, Incident, KeyRecord, Ticket
from tickets.services.context import context_of
from tickets.services.failure.storing import store
from tickets.services.verdict import judge

pytestmark = pytest.mark.django_db
BARE = 'HTTP/1.1 429 Too Many Requests\n{"error":{"message":"Too many requests","type":"too_many_requests"}}'


def test_the_key_record_tells_state_and_group():
    ticket = make_ticket(f"Bearer {fake_key()} fails")
    KeyRecord.objects.update(state=KeyRecord.State.DISABLED, group="vip")
    ticket.key.refresh_from_db()

    assert context_of(ticket)["key"] == {"state": "disabled", "group": "vip"}


def test_the_account_tells_its_group():
    ticket = make_ticket()
    ticket.account = Account.objects.create(name="Quillworks", group="default")

    assert context_of(ticket)["account"] == {"group": "default"}


def test_other_customers_with_the_same_error_are_counted_for_an_hour():
    for _ in range(3):
        make_ticket(BARE)
    old = make_ticket(BARE)
    Ticket.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=2))

    ticket = make_ticket(BARE)

    assert context_of(ticket)["failing_alike"] == {"accounts": 3, "failures": 4, "minutes": 60}


def test_the_same_text_is_judged_otherwise_when_many_fail_alike():
    alone = make_ticket(BARE)
    for _ in range(12):
        make_ticket(BARE)

    together = judge(alone)

    assert together.verdict == "provider_incident"
    fired = [reason["signal"] for rule in together.trace["fired"] for reason in rule["reasons"]]
    assert any(signal.startswith("context.failing_alike") for signal in fired)


def report_alike(fingerprint_of: Ticket, *accounts: str, **fields: Any) -> None:
    rows = [
        make_row(account=account, raw_error=BARE, model="", **fields) | {"model": "gpt-4o"}
        for account in accounts
    ]
    store(rows, token=make_token())
    assert set(FailureKind.objects.values_list("fingerprint", flat=True)) == {fingerprint_of.fingerprint}


def test_other_accounts_that_gateways_report_are_counted_too():
    ticket = make_ticket(BARE)
    ticket.account = Account.objects.create(name="acme", group="default")
    report_alike(ticket, "acme", "b", "b", "c", "")

    assert context_of(ticket)["failing_alike"] == {"accounts": 2, "failures": 5, "minutes": 60}


def test_failures_of_long_ago_say_nothing():
    ticket = make_ticket(BARE)
    report_alike(ticket, "b", "c", "d", occurred_at=timezone.now() - timedelta(minutes=70))

    assert "failing_alike" not in context_of(ticket)


def test_a_new_ticket_is_judged_with_what_gateways_report():
    alone = make_ticket(BARE)
    report_alike(alone, *"abcdefghijkl")

    together = make_ticket(BARE).current_verdict()

    assert together.verdict == "provider_incident"
    assert together.trace["around"]["failing_alike"] == {"accounts": 12, "failures": 12, "minutes": 60}


OPENAI = 'openai.APIConnectionError: Connection error.\nPOST https://api.openai.com/v1/chat/completions model="gpt-4o"'


@pytest.mark.parametrize(
    ("incident", "state"),
    [
        ({"provider": "OpenAI"}, "outage"),
        ({"provider": "openai", "state": "monitoring"}, "degraded"),
        ({"provider": "openai", "state": "resolved"}, None),
        ({"provider": "anthropic"}, None),
        ({"provider": "openai", "model": "another"}, None),
        ({"provider": "openai", "fingerprint": "0" * 16}, None),
    ],
)
def test_an_open_incident_tells_how_the_provider_stands(incident, state):
    Incident.objects.create(title="down", **incident)
    ticket = make_ticket(OPENAI)

    told = ticket.current_verdict().trace["around"].get("provider_status", {})
    assert ticket.current_evidence()["provider"].value == "openai"
    assert told.get("state") == state
