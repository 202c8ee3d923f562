from typing import Any

import pytest

from tests.factories import WRONG_BASE_URL, make_agent, make_ticket
from tickets.models import Person, Role, Ticket
from tickets.services.outcome import resolve
from tickets.services.similar import Similar, similar_to

pytestmark = pytest.mark.django_db

RARE = "The pelican_exporter stops with frobnicate_overflow in our wombat cluster"


def numbers(similar):
    return [each.ticket.number for each in similar]


def test_the_same_error_comes_first_the_newest_first():
    first, second, ticket = make_ticket(), make_ticket(), make_ticket(WRONG_BASE_URL + "\n" + RARE)
    by_words = make_ticket(f"{RARE}, once more")

    found = alike(ticket, words=[RARE])

    assert numbers(found) == [second.number, first.number, by_words.number]
    assert [each.same_error for each in found] == [True, True, False]


def test_rare_words_that_both_have_are_told():
    other = make_ticket("frobnicate_overflow again, and nothing else is known")
    ticket = make_ticket(RARE)

    (found,) = alike(ticket, words=[ticket.subject])

    assert (found.ticket, found.words) == (other, ("frobnicate_overflow",))


def test_one_plain_word_is_not_enough():
    make_ticket("Our wombat is ill")

    assert alike(make_ticket(RARE), words=[RARE]) == []


def test_two_plain_words_are():
    other = make_ticket("A wombat stands in the cluster")

    assert numbers(alike(make_ticket(RARE), words=[RARE])) == [other.number]


def test_chinese_is_compared_by_pairs():
    other = make_ticket("袋熊服务器起火了")

    assert numbers(alike(make_ticket("袋熊集群起火"), words=["袋熊集群起火"])) == [other.number]


def test_a_word_that_many_tickets_have_tells_nothing():
    for number in range(6):
        make_ticket(f"pelican_exporter is slow, case {number} of ours")

    assert alike(make_ticket(RARE), words=["pelican_exporter"]) == []


def test_ids_and_addresses_are_not_words():
    make_ticket("deadbeefcafe4711 and dev@client.invalid and 20261122091412776")

    assert alike(make_ticket(RARE), words=["deadbeefcafe4711 dev@client.invalid 20261122091412776"]) == []


def test_what_else_agrees_and_how_it_ended_is_told():
    other = make_ticket(WRONG_BASE_URL + "\nmodel: gpt-4o")
    resolve(
        other, by=make_agent(), cause="endpoint.base_url", plain="One /v1 too many.", charged="no", retried="no",
        result="customer_fixed",
    )  # fmt: skip

    (found,) = alike(make_ticket(), known={"model": "gpt-4o", "provider": "nobody"})

    assert (found.same, found.result) == (("gpt-4o",), "the customer changed it")


def test_a_merged_ticket_is_left_out():
    survivor, merged, ticket = make_ticket(), make_ticket(), make_ticket()
    merged.merged_into = survivor
    merged.save(update_fields=["merged_into"])

    assert numbers(alike(ticket)) == [survivor.number]


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_at_most_four_statements(django_assert_num_queries, count):
    ticket = make_ticket(WRONG_BASE_URL + RARE)
    for number in range(count):
        make_ticket()
        make_ticket(f"frobnicate_overflow and pelican_exporter, number {number}")

    with django_assert_num_queries(4):
        found = alike(ticket, words=[RARE], known={"model": "gpt-4o"})

    assert len(found) >= 2


def alike(ticket: Ticket, **more: Any) -> list[Similar]:
    """As somebody sees it whom no team narrows."""
    return similar_to(ticket, reader=Person(role=Role.ADMIN), **more)
