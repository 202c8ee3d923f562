import pytest

from tests.factories import make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.chain import verify, verify_all
from tickets.services.event import record

pytestmark = pytest.mark.django_db


def test_each_entry_carries_the_hash_of_the_one_before():
    ticket = make_ticket()

    events = list(ticket.events.order_by("position"))

    assert [event.position for event in events] == list(range(1, len(events) + 1))
    assert [event.previous for event in events[1:]] == [event.hash for event in events[:-1]]
    assert events[0].previous == "0" * 64
    assert ticket.chain_head == events[-1].hash


def test_an_untouched_chain_is_whole():
    make_ticket()
    make_ticket()

    assert list(verify_all()) == []


def test_the_actor_is_named_and_stays_when_the_person_goes():
    agent, ticket = make_agent(), make_ticket()

    event = record(ticket, "noted", by=agent, message=7)

    assert event.actor == f"person:{agent.pk}"
    agent.delete()
    assert verify(Ticket.objects.get(pk=ticket.pk)) is None
