"""What a page asks in one go is the same as what it would ask one after another."""

from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import Message, Ticket
from tickets.services.ahead import answers_of, asked_ahead
from tickets.services.compiled import Compiled

pytestmark = pytest.mark.django_db
only_postgres = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite is asked within the process, never ahead"
)


@Compiled
def numbered(number: Any):
    return Ticket.objects.filter(pk=number).select_related("customer").prefetch_related("messages")


@Compiled
def among(numbers: Any):
    return Ticket.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "subject")


@pytest.fixture
def tickets():
    return [make_ticket(VAGUE) for _ in range(3)]


def test_the_answers_are_those_of_the_calls(tickets):
    first, second = tickets[0].pk, [tickets[1].pk, tickets[2].pk]

    with asked_ahead((numbered, first), (among, second)):
        [ticket] = numbered(first)
        assert ticket.customer == tickets[0].customer
        assert [message.ticket_id for message in ticket.messages.all()] == [first]
        assert among(second) == [(other.pk, other.subject) for other in tickets[1:]]


def test_each_statement_is_asked_once(tickets, django_assert_num_queries):
    with django_assert_num_queries(2), asked_ahead((among, [tickets[0].pk])):
        assert among([tickets[0].pk])
        assert among([tickets[1].pk])


def test_a_second_time_it_is_asked_anew(tickets):
    pk = tickets[0].pk
    with asked_ahead((among, [pk])):
        assert among([pk])
        Ticket.objects.filter(pk=pk).update(subject="changed")
        assert among([pk]) == [(pk, "changed")]


def test_behind_it_nothing_is_at_hand(tickets):
    pk = tickets[0].pk
    with asked_ahead((among, [pk])):
        Ticket.objects.filter(pk=pk).update(subject="changed")
    assert among([pk]) == [(pk, "changed")]


def test_what_was_asked_outside_is_at_hand_inside_and_handed_out_once(tickets):
    pk = tickets[0].pk
    with asked_ahead((among, [pk]), (numbered, pk)):
        with asked_ahead((numbered, tickets[1].pk)):
            assert among([pk])
            assert numbered(tickets[1].pk) == [tickets[1]]
        Ticket.objects.filter(pk=pk).update(subject="changed")
        assert among([pk]) == [(pk, "changed")]
        assert numbered(pk) == [tickets[0]]


def test_of_nothing_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0), asked_ahead(), asked_ahead((among, [])):
        assert among([]) == []
    assert answers_of([]) == []


@only_postgres
def test_answers_are_of_the_moment_of_asking(tickets):
    """So nothing may be written between that changes them."""
    pk = tickets[0].pk
    with asked_ahead((among, [pk])):
        Ticket.objects.filter(pk=pk).update(subject="changed")
        assert among([pk]) == [(pk, tickets[0].subject)]


@only_postgres
@pytest.mark.django_db(transaction=True)
def test_a_statement_that_fails_says_so_and_leaves_the_connection_usable():
    wrong = Compiled(lambda number: Ticket.objects.extra(where=["1 / 0 = 1"]).filter(pk=number))
    make_agent()

    with pytest.raises(DatabaseError, match="zero"), asked_ahead((wrong, 1), (among, [1])):
        wrong(1)
    assert Message.objects.count() == 0
    assert not connection.in_atomic_block
