import pytest

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.message import receive
from tickets.services.verdict import confirm, disagreement, judge, overrule

pytestmark = pytest.mark.django_db
QUOTA = '{"error":{"message":"用户额度不足","type":"new_api_error","code":"insufficient_user_quota"}}'


def test_a_vague_text_needs_evidence_and_says_which():
    verdict = make_ticket(VAGUE).current_verdict()

    assert (verdict.verdict, verdict.cause) == ("needs_evidence", "unknown")
    assert verdict.trace["missing"]


def test_the_verdict_names_rules_and_the_words_that_made_them_fire():
    verdict = make_ticket().current_verdict()

    fired = [rule for rule in verdict.trace["fired"] if rule["cause"] == "endpoint.base_url"]
    spans = [span for rule in fired for reason in rule["reasons"] for span in reason["spans"]]
    assert any(
        "Invalid URL" in verdict.text[start:end] or "/v1/v1" in verdict.text[start:end]
        for start, end in spans
    )


def test_confirming_keeps_the_cause_and_the_person():
    ticket, agent = make_ticket(), make_agent()

    verdict = confirm(ticket, by=agent)

    assert (verdict.cause, verdict.by, verdict.answers.by) == ("endpoint.base_url", agent, None)
    assert ticket.verdict_by_person


def test_confirming_twice_is_one_word():
    ticket, agent = make_ticket(), make_agent()

    assert confirm(ticket, by=agent) == confirm(ticket, by=agent)


def test_overruling_keeps_the_reason_and_what_it_answers():
    ticket = make_ticket()

    verdict = overrule(
        ticket, by=make_agent(), cause="client.proxy_tls", reason="Their proxy rewrites the path."
    )

    assert (ticket.verdict, ticket.cause) == ("config_mistake", "client.proxy_tls")
    assert verdict.answers.cause == "endpoint.base_url"


def test_the_engine_never_replaces_a_persons_word():
    ticket = make_ticket(VAGUE)
    overrule(ticket, by=make_agent(), cause="upstream.error", reason="Seen in the provider's console.")

    receive(ticket, text=QUOTA, source=Ticket.Source.FORM)

    ticket.refresh_from_db()
    assert ticket.cause == "upstream.error"
    assert disagreement(ticket, ticket.current_verdict()).cause == "quota.balance"


def test_judging_again_keeps_every_verdict():
    ticket = make_ticket()

    judge(ticket)

    assert ticket.verdicts.count() == 2
    assert ticket.verdicts.filter(is_current=True).count() == 1
