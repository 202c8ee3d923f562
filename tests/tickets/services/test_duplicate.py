import datetime

import pytest

from tests.factories import VAGUE, WRONG_BASE_URL, make_agent, make_ticket
from tickets.models import Account, Person, Role, Ticket
from tickets.services.duplicate import keep_apart, suspects_of

pytestmark = pytest.mark.django_db
FAILED = "Error code: 500 - upstream error (request id: 20260131094500123456789AbCdEfGh)"


def suspects(ticket):
    ticket = Ticket.objects.get(pk=ticket.pk)
    known = {field: row.value for field, row in ticket.current_evidence().items()}
    found = suspects_of(ticket, known, reader=Person(role=Role.ADMIN))
    return [(each.ticket.number, str(each.because)) for each in found]


def test_the_same_request_id_is_a_suspect_whoever_wrote():
    first, second = make_ticket(f"first {FAILED}"), make_ticket(f"asking again: {FAILED}")
    make_ticket(f"another {FAILED}".replace("AbCdEfGh", "ZyXwVuTs"))

    assert suspects(second) == [(first.number, "same request id")]


def test_the_same_task_id_is_a_suspect():
    task = {"task_id": "task_8f14e45fceea167a"}
    first, second = make_ticket(VAGUE, told=task), make_ticket("my video never comes", told=task)

    assert suspects(second) == [(first.number, "same task id")]


def test_one_accounts_same_error_within_a_day_is_a_suspect():
    account = Account.objects.create(name="Quillworks")
    first, second, later = (make_ticket(WRONG_BASE_URL) for _ in range(3))
    stranger = make_ticket(WRONG_BASE_URL)
    Ticket.objects.exclude(pk=stranger.pk).update(account=account)
    Ticket.objects.filter(pk=later.pk).update(created_at=first.created_at + datetime.timedelta(hours=25))

    assert [number for number, _ in suspects(second)] == [first.number]


def test_one_customers_same_error_is_a_suspect_without_an_account():
    first = make_ticket(WRONG_BASE_URL, email="dev@client.invalid")
    second = make_ticket(WRONG_BASE_URL, email="dev@client.invalid")

    assert [number for number, _ in suspects(second)] == [first.number]


def test_kept_apart_neither_is_a_suspect_again():
    first, second = make_ticket(f"first {FAILED}"), make_ticket(f"again: {FAILED}")

    keep_apart(second, first, by=make_agent())

    assert (suspects(first), suspects(second)) == ([], [])


def test_looking_costs_one_statement(django_assert_num_queries):
    ticket = make_ticket(FAILED, told={"task_id": "task_8f14e45fceea167a"})
    known = {field: row.value for field, row in ticket.current_evidence().items()}

    with django_assert_num_queries(1):
        suspects_of(ticket, known, reader=Person(role=Role.ADMIN))
