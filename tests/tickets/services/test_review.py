import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_engineer, make_ticket
from tickets.models import Escalation, EscalationDecision, Message, Ticket
from tickets.services.escalation import complete, escalate
from tickets.services.incident.states import open_incident
from tickets.services.message import receive, send_reply
from tickets.services.review import (
    DecidedMeanwhile,
    accept,
    ask_back,
    decline,
    know,
    return_to_gate,
    standing_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent():
    return make_agent(name="Ana Petrov")


@pytest.fixture
def engineer():
    return make_engineer(name="Jonas Lind")


@pytest.fixture
def escalation(agent):
    return escalate(make_ticket(VAGUE), by=agent, reason="It is new to us.")


def note_on(ticket):
    return ticket.messages.get(kind=Message.Kind.NOTE).body


def test_who_accepts_it_owns_it_and_looks_at_it_within_hours(escalation, engineer):
    Escalation.objects.update(review_at=timezone.now() - timedelta(hours=1))
    accept(escalation, by=engineer)

    row = Escalation.objects.get()
    assert (row.owner, row.state, row.is_overdue) == (engineer, "accepted", False)
    assert row.ticket.events.latest("position").kind == "escalation_accepted"


def test_a_known_one_joins_its_incident_and_goes_back_with_the_answer(escalation, engineer, agent):
    incident = open_incident(by=engineer, title="gpt-4o answers 503")
    know(escalation, by=engineer, incident=incident, answer="Tell them that we write when it ends.")

    ticket = Ticket.objects.get()
    assert (ticket.incident, ticket.assignee, ticket.status) == (incident, agent, "open")
    assert "gpt-4o answers 503" in note_on(ticket)
    assert "Tell them that we write when it ends." in note_on(ticket)
    assert not ticket.escalations.open().exists()


def test_one_known_from_a_ticket_names_it(escalation, engineer):
    other = make_ticket()
    know(escalation, by=engineer, other=other)

    assert note_on(escalation.ticket) == f"Known from #{other.number}."
    assert EscalationDecision.objects.get().other == other


def test_more_evidence_is_asked_of_who_escalated(escalation, engineer, agent):
    ticket = escalation.ticket
    send_reply(ticket, by=agent, body="We look into it.")
    ask_back(escalation, by=engineer, answer="Which of the two keys?", fields=["request_id"])

    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.assignee, Escalation.objects.get().state) == ("open", agent, "asked")
    assert "Request id" in note_on(ticket)
    assert "Which of the two keys?" in note_on(ticket)


def test_the_customers_next_word_brings_it_to_the_gate_again(escalation, engineer):
    ask_back(escalation, by=engineer, answer="", fields=["request_id"])
    receive(escalation.ticket, text="It was req_1f2e3d4c5b6a", source=Ticket.Source.FORM)

    assert Escalation.objects.get().state == "waiting"
    assert escalation.ticket.events.filter(kind="escalation_returned").count() == 1


def test_an_agent_brings_it_to_the_gate_again(escalation, engineer, agent):
    return_to_gate(escalation, by=agent)
    ask_back(escalation, by=engineer, answer="Which key?")
    return_to_gate(escalation, by=agent)
    return_to_gate(escalation, by=agent)

    assert Escalation.objects.get().state == "waiting"
    assert escalation.ticket.events.filter(kind="escalation_returned").count() == 1


def test_a_declined_one_is_closed_with_the_reason(escalation, engineer):
    decline(escalation, by=engineer, answer="Their own proxy answers; see the header.")

    assert Escalation.objects.get().closed_at is not None
    assert "Their own proxy answers" in note_on(escalation.ticket)
    assert escalation.ticket.events.filter(kind="escalation_declined").exists()


def test_a_decision_on_what_is_decided_already_is_refused(escalation, engineer):
    seen = standing_of(escalation)
    accept(escalation, by=make_engineer(), seen=seen)

    with pytest.raises(DecidedMeanwhile):
        decline(escalation, by=engineer, answer="no", seen=seen)

    assert EscalationDecision.objects.count() == 1


def test_naming_an_owner_on_the_card_takes_it_from_the_gate(escalation, engineer, agent):
    complete(escalation, by=agent, card={"owner": engineer})

    assert Escalation.objects.get().state == "accepted"


@pytest.mark.django_db(transaction=True)
def test_of_two_engineers_at_once_one_gets_it(escalation):
    seen, start, told = standing_of(escalation), threading.Barrier(2), []
    engineers = [make_engineer(), make_engineer()]

    def take(by):
        try:
            start.wait()
            accept(Escalation.objects.get(), by=by, seen=seen)
            told.append(by)
        except DecidedMeanwhile:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[by]) for by in engineers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == [Escalation.objects.get().owner]
