import pytest
from django.db import connection

from tests.factories import make_agent, make_ticket
from tickets.models import Event, Ticket
from tickets.services.event import record, verify, verify_all

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


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"data": {"subject": "another"}}, "its content was changed"),
        ({"kind": "resolved"}, "its hash does not fit"),
        ({"actor": "person:1"}, "its hash does not fit"),
        ({"previous": "f" * 64}, "it does not name the entry before it"),
        ({"digest": "f" * 64}, "its content was changed"),
        ({"hash": "f" * 64}, "its hash does not fit"),
    ],
)
def test_a_changed_entry_is_named(change, problem):
    make_ticket()
    ticket = make_ticket()
    Event.objects.filter(ticket=ticket, position=2).update(**change)

    (found,) = verify_all()

    assert (found.ticket, found.position, found.problem) == (ticket.pk, 2, problem)


def test_a_removed_entry_is_named():
    ticket = make_ticket()
    Event.objects.filter(ticket=ticket, position=2).delete()

    (found,) = verify_all()

    assert (found.ticket, found.position) == (ticket.pk, 2)


def test_a_cut_tail_is_named():
    ticket = make_ticket()
    length = ticket.chain_length
    ticket.events.filter(position=length).delete()

    (found,) = verify_all()

    assert (found.ticket, found.position) == (ticket.pk, length)


def test_a_rewritten_tail_does_not_fit_the_recorded_head():
    ticket = make_ticket()
    last = ticket.events.get(position=ticket.chain_length)
    last.data = {"forged": True}
    last.digest = last.digest_of_data()
    last.hash = last.hash_of_entry()
    last.save()

    (found,) = verify_all()

    assert found.problem == "the recorded head differs from the last entry"


def test_checking_all_chains_takes_two_queries(django_assert_num_queries):
    for _ in range(3):
        make_ticket()
    queries = 4 if connection.vendor == "postgresql" else 2  # server-side cursors open and close transactions

    with django_assert_num_queries(queries, exact=False):
        list(verify_all())
