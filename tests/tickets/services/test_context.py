from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import fake_key, make_ticket
from tickets.models import Account, KeyRecord, Ticket
from tickets.services.context import context_of
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
