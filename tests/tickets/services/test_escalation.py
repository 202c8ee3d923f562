import pytest

from tests.factories import make_agent, make_ticket
from tickets.services.escalation import escalate
from tickets.services.outcome import resolve

pytestmark = pytest.mark.django_db


def test_escalating_twice_keeps_the_first_escalation():
    ticket = make_ticket()
    first = escalate(ticket, by=make_agent(), reason="The provider is down.")

    assert escalate(ticket, by=make_agent(), reason="again") == first
    assert ticket.events.filter(kind="escalated").count() == 1


def test_the_card_is_filled_from_the_evidence():
    escalation = escalate(make_ticket(), by=make_agent(), reason="It is new to us.")

    assert "404" in escalation.current_state
    assert escalation.symptom.startswith("Since this morning")


def test_resolving_closes_the_escalation():
    ticket, agent = make_ticket(), make_agent()
    escalate(ticket, by=agent, reason="It is new to us.")

    resolve(
        ticket,
        by=agent,
        cause="gateway.bug",
        plain="Fixed.",
        charged="no",
        retried="no",
        result="gateway_fixed",
    )

    assert not ticket.escalations.open().exists()
