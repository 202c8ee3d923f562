import pytest

from tests.factories import make_agent, make_engineer, make_ticket
from tests.incidents import make_incident, work_off
from tickets.models import Ticket
from tickets.services.incident.states import attach
from tickets.services.verdict import disagreement, overrule

pytestmark = pytest.mark.django_db
TIMEOUT = "openai.APIConnectionError: Connection error.\nPOST https://api.openai.com/v1/chat/completions"


def test_a_ticket_that_an_incident_covers_is_judged_anew_and_says_what_changed():
    ticket = make_ticket(TIMEOUT)
    before = ticket.current_verdict()
    assert before.verdict != "provider_incident"
    incident = make_incident(provider="openai", model="")

    attach([ticket], incident, by=make_engineer())
    work_off()

    after = Ticket.objects.get(pk=ticket.pk).current_verdict()
    assert after.verdict == "provider_incident"
    assert after.trace["anew"] == {
        "incident": incident.pk,
        "title": incident.title,
        "verdict": before.verdict,
        "cause": before.cause,
    }
    assert after.trace["around"]["provider_status"]["provider"] == "openai"


def test_what_is_known_as_the_providers_already_is_left_alone():
    make_incident(provider="openai", model="")
    ticket = make_ticket(TIMEOUT)
    judged = ticket.verdicts.count()

    attach([ticket], make_incident(provider="openai", model=""), by=make_engineer())
    work_off()

    assert ticket.verdicts.count() == judged


def test_a_persons_word_stays_and_the_rules_speak_beside_it():
    ticket = make_ticket(TIMEOUT)
    overrule(ticket, by=make_agent(), cause="client.network", reason="Their proxy.")

    attach([ticket], make_incident(provider="openai", model=""), by=make_engineer())
    work_off()

    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.verdict_by_person, ticket.cause) == (True, "client.network")
    assert disagreement(ticket, ticket.current_verdict()).trace["anew"]["title"] == "gpt-4o is down"
