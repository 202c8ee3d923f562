"""The demo shows what the desk is for: each of its tickets is judged as an expert would."""

from tickets.services.demo_texts import DEMO_TICKETS
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
