from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import WRONG_BASE_URL, make_agent, make_ticket
from tickets.models import Escalation
from tickets.services.escalation import CardChanged, complete, digest_of, escalate
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


def test_the_card_is_filled_in_the_language_of_who_hands_it_over():
    escalation = escalate(make_ticket(), by=make_agent(language="zh-hans"), reason="新问题。")

    assert "状态码: 404" in escalation.current_state


def test_the_card_says_how_to_see_the_failure_and_leaves_the_mitigation_to_people():
    text = WRONG_BASE_URL + "\nrequest id: req_9f8e7d6c5b4a\nbase_url = https://api.gateway.invalid/v1/v1"
    escalation = escalate(make_ticket(text), by=make_agent(), reason="It is new to us.")

    assert "curl" in escalation.reproduction
    assert escalation.mitigation == ""


def test_the_same_error_settled_before_is_the_last_known_good_time():
    agent, before = make_agent(), make_ticket(email="dev@client.invalid")
    done = {"cause": "endpoint.base_url", "plain": "Fixed.", "charged": "no", "retried": "no"}
    resolve(before, by=agent, result="customer_fixed", **done)

    escalation = escalate(make_ticket(email="dev@client.invalid"), by=agent, reason="Again.")

    assert escalation.last_good_at.endswith(f"when #{before.number} was resolved")


def test_the_first_review_is_at_the_tickets_deadline_where_it_is_near():
    ticket = make_ticket()
    ticket.due_at = timezone.now() + timedelta(hours=1)
    assert escalate(ticket, by=make_agent(), reason="look").review_at == ticket.due_at

    other = escalate(make_ticket(), by=make_agent(), reason="look")
    assert other.review_at
    assert other.review_at - timezone.now() > timedelta(hours=3)


def test_completing_the_card_is_told_with_the_fields():
    ticket, agent = make_ticket(), make_agent()
    escalation = escalate(ticket, by=agent, reason="look")

    assert complete(escalation, by=agent, card={"mitigation": "Retries stopped."}) == ["mitigation"]
    assert complete(escalation, by=agent, card={"mitigation": "Retries stopped."}) == []

    (event,) = ticket.events.filter(kind="handoff_completed")
    assert event.data == {"fields": ["mitigation"], "card": {"mitigation": "Retries stopped."}}


def test_nobody_writes_over_a_card_that_changed_meanwhile():
    ticket, agent = make_ticket(), make_agent()
    escalation = escalate(ticket, by=agent, reason="look")
    seen = digest_of(escalation)
    complete(Escalation.objects.get(), by=make_agent(), card={"mitigation": "Retries stopped."})

    with pytest.raises(CardChanged):
        complete(escalation, by=agent, card={"mitigation": "Nothing."}, seen=seen)

    assert Escalation.objects.get().mitigation == "Retries stopped."
