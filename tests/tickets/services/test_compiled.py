from datetime import UTC, datetime, timedelta
from enum import Enum
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import VAGUE, make_agent, make_ticket
from tickets.models import EvidenceValue, Message, Ticket
from tickets.services.compiled import Compiled, at_hand

pytestmark = pytest.mark.django_db


class Way(Enum):
    UP = "number"
    DOWN = "-number"


@pytest.fixture
def tickets():
    return [make_ticket(VAGUE) for _ in range(3)]


def test_values_are_put_in_at_each_call(tickets):
    numbered = Compiled(lambda number: Ticket.objects.filter(number=number))

    assert [numbered(ticket.pk) for ticket in tickets] == [[ticket] for ticket in tickets]
    assert numbered(0) == []


def test_it_is_made_once_for_each_number_of_values(tickets):
    made = []

    @Compiled
    def among(numbers: Any):
        made.append(numbers)
        return Ticket.objects.filter(pk__in=numbers).order_by("pk")

    assert among([tickets[0].pk, tickets[2].pk]) == [tickets[0], tickets[2]]
    assert among([tickets[1].pk, tickets[2].pk]) == tickets[1:]
    assert among([tickets[1].pk]) == [tickets[1]]
    assert len(made) == 2


def test_among_no_values_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Compiled(lambda numbers: Ticket.objects.filter(pk__in=numbers))([]) == []


@pytest.mark.parametrize("number", [2**63, 10**20, -(10**20)])
def test_a_number_that_no_column_can_hold_is_not_found(number):
    assert Compiled(lambda number: Ticket.objects.filter(number=number))(number) == []


def test_a_text_that_no_column_can_hold_is_not_found(tickets):
    assert Compiled(lambda subject: Ticket.objects.filter(subject__gte=subject))("\0") == []


def test_a_member_of_an_enum_decides_which_statement_is_made(tickets):
    ordered = Compiled(lambda way: Ticket.objects.order_by(way.value))

    assert ordered(Way.UP) == tickets
    assert ordered(Way.DOWN) == tickets[::-1]
    assert ordered(Way.UP) == tickets


def test_moments_count_in_any_zone(tickets):
    Ticket.objects.filter(pk=tickets[0].pk).update(created_at=datetime(2026, 1, 31, 9, tzinfo=UTC))
    before = Compiled(lambda at: Ticket.objects.filter(created_at__lt=at))
    at = datetime(2026, 1, 31, 17, 30, tzinfo=timezone.get_fixed_timezone(timedelta(hours=8)))

    assert before(at) == [tickets[0]]
    assert before(at - timedelta(hours=1)) == []


def test_what_a_query_set_gives_is_given(tickets):
    pairs = Compiled(lambda number: Ticket.objects.filter(pk=number).values_list("pk", "subject"))
    flat = Compiled(lambda number: Ticket.objects.filter(pk=number).values_list("pk", flat=True))
    value = Compiled(
        lambda number: EvidenceValue.objects.filter(ticket=number).values_list("value", flat=True)
    )
    EvidenceValue.objects.create(
        ticket=tickets[0], field="charged", value={"deep": [1, None]}, origin="person"
    )

    assert pairs(tickets[1].pk) == [(tickets[1].pk, tickets[1].subject)]
    assert flat(tickets[1].pk) == [tickets[1].pk]
    assert {"deep": [1, None]} in value(tickets[0].pk)


def test_what_is_sorted_by_is_not_given(tickets):
    told = Compiled(
        lambda number: Message.objects.filter(ticket=number).order_by("-id").values_list("kind").distinct()
    )

    assert told(tickets[0].pk) == [("customer",)]


def test_joined_and_prefetched_rows_come_along(tickets, django_assert_num_queries):
    whole = Compiled(
        lambda number: (
            Ticket.objects.filter(pk=number).select_related("customer").prefetch_related("messages")
        )
    )
    whole(tickets[0].pk)

    with django_assert_num_queries(2):
        [ticket] = whole(tickets[1].pk)
        assert ticket.customer.email
        assert [message.ticket_id for message in ticket.messages.all()] == [tickets[1].pk]


def test_each_call_gives_rows_of_its_own(tickets):
    numbered = Compiled(lambda number: Ticket.objects.filter(pk=number))
    [first], [second] = numbered(tickets[0].pk), numbered(tickets[0].pk)
    first.subject = "changed"

    assert second.subject == tickets[0].subject


def test_what_can_hold_nothing_asks_nothing(tickets, django_assert_num_queries):
    nothing = Compiled(lambda number: Ticket.objects.none().filter(pk=number))

    with django_assert_num_queries(0):
        assert nothing(tickets[0].pk) == nothing(tickets[1].pk) == []
    assert "1 = 0" in nothing.sql(tickets[0].pk)[0]


def test_it_can_be_part_of_another_statement(tickets):
    sql, parameters = Compiled(lambda numbers: Ticket.objects.filter(pk__in=numbers).values("pk")).sql(
        [tickets[0].pk, tickets[1].pk]
    )

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) counted", parameters)
        assert cursor.fetchone() == (2,)


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_their_own_connections():
    ticket = make_ticket(VAGUE)
    numbered = Compiled(lambda number: Ticket.objects.filter(pk=number))
    numbered(ticket.pk)
    found: list[list[Ticket]] = []

    def ask():
        try:
            found.extend(numbered(ticket.pk) for _ in range(20))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [[ticket]] * 80


def test_what_is_at_hand_is_not_asked_for_again(tickets, django_assert_num_queries):
    messages = list(Message.objects.filter(ticket=tickets[0]))

    with django_assert_num_queries(0):
        assert [message.ticket for message in at_hand(messages, ticket=tickets[0])] == [tickets[0]] * len(
            messages
        )


def test_people_who_may_not_read_see_nothing_by_it(client):
    ticket, agent = make_ticket(VAGUE), make_agent()
    client.force_login(agent)
    assert client.get(f"/tickets/{ticket.number}/").status_code == 200

    agent.is_active = False
    agent.save()

    assert client.get(f"/tickets/{ticket.number}/").status_code == 302
