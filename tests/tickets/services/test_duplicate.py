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


@pytest.mark.parametrize("named", ["Quillworks", "acc-77"])
def test_the_account_in_the_evidence_counts_like_the_linked_one(named):
    account = Account.objects.create(name="Quillworks", external_id="acc-77")
    linked, told = make_ticket(WRONG_BASE_URL), make_ticket(WRONG_BASE_URL, told={"account": named})
    Ticket.objects.filter(pk=linked.pk).update(account=account)
    make_ticket(WRONG_BASE_URL, told={"account": "Another"})
    make_ticket(WRONG_BASE_URL)

    assert suspects(told) == [(linked.number, "same account and error within a day")]
    assert suspects(linked) == [(told.number, "same account and error within a day")]


def test_an_account_that_the_desk_does_not_know_counts_where_both_name_it():
    first, second = (make_ticket(WRONG_BASE_URL, told={"account": "青木工房"}) for _ in range(2))

    assert [number for number, _ in suspects(second)] == [first.number]


@pytest.mark.parametrize("named", ["", "   ", "%", "0", '"', "null"])
def test_no_account_is_no_sign(named):
    account = Account.objects.create(name="Quillworks")  # without a number at the gateway
    other = make_ticket(WRONG_BASE_URL)
    Ticket.objects.filter(pk=other.pk).update(account=account)
    ticket = make_ticket(WRONG_BASE_URL)

    assert suspects_of(ticket, {"account": named}, reader=Person(role=Role.ADMIN)) == []


def test_merging_is_offered_only_where_nobody_comes_to_read_anothers_words():
    ticket, other = (make_ticket(f"{each} {FAILED}") for each in ("first", "again"))
    own = make_ticket(f"mine {FAILED}", email=ticket.customer.email)
    found = suspects_of(
        ticket, {"request_id": "20260131094500123456789AbCdEfGh"}, reader=Person(role=Role.ADMIN)
    )

    assert {each.ticket.number: each.can_merge for each in found} == {other.number: False, own.number: True}


def test_kept_apart_neither_is_a_suspect_again():
    first, second = make_ticket(f"first {FAILED}"), make_ticket(f"again: {FAILED}")

    keep_apart(second, first, by=make_agent())

    assert (suspects(first), suspects(second)) == ([], [])


def test_looking_costs_one_statement(django_assert_num_queries):
    ticket = make_ticket(FAILED, told={"task_id": "task_8f14e45fceea167a", "account": "Quillworks"})
    known = {field: row.value for field, row in ticket.current_evidence().items()}

    with django_assert_num_queries(1):
        suspects_of(ticket, known, reader=Person(role=Role.ADMIN))
