"""The demo shows what the desk is for: each of its tickets is judged as an expert would."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tickets.models import Charge, Compensation
from tickets.services.demo import create_demo
from tickets.services.demo_texts import DEMO_TICKETS
from tickets.services.ledger.figures import Ledger
from tickets.services.ledger.period import Period
from triage.engine import diagnose

CAUSES = [
    "endpoint.base_url",
    "quota.key_limit",
    "rate.upstream",
    "billing.mismatch",
    "unknown",
    "key.whitespace",
    "task.queued",
    "upstream.overloaded",
    "context.too_long",
]


def test_every_demo_ticket_gets_its_cause():
    assert [diagnose(ticket.text).cause.slug for ticket in DEMO_TICKETS] == CAUSES


@pytest.mark.django_db
def test_the_demo_shows_charges_a_compensation_and_a_ledger():
    create_demo()

    charges = Charge.objects.order_by("pk")
    assert {charge.state for charge in charges} >= {"open", "proposed"}
    assert any(charge.reports > 1 for charge in charges)
    assert any(charge.is_estimate for charge in charges)
    assert any(charge.refunded for charge in charges)
    assert Compensation.objects.get().state == "proposed"
    today = timezone.localdate()
    ledger = Ledger(Period.of_days(today - timedelta(days=6), today))
    openai = next(provider for provider in ledger.providers if provider.name == "openai")
    assert (openai.whole.incidents, openai.delay.told) == (1, 1)
    assert openai.whole.failures > 90
