import pytest

from tests.factories import make_ticket
from tickets.models import Person, RuleFiring
from tickets.services.rule.record import Record, records_of
from tickets.services.verdict import confirm, judge, overrule, take_back

pytestmark = pytest.mark.django_db


def deciding() -> str:
    return RuleFiring.objects.filter(is_silenced=False).values_list("rule", flat=True)[0]


def test_each_ticket_counts_once_however_often_it_is_judged() -> None:
    ticket = make_ticket()
    judge(ticket)

    assert records_of([deciding()]) == {deciding(): Record(fired=1)}


def test_a_confirmed_verdict_counts_for_its_rules(agent: Person) -> None:
    confirm(make_ticket(), by=agent)

    assert records_of([deciding()])[deciding()] == Record(1, 1, 0)


def test_an_overruled_verdict_counts_against_its_rules_also_when_judged_again(agent: Person) -> None:
    ticket = make_ticket()
    overrule(ticket, by=agent, cause="quota.balance", reason="it was the money")
    judge(ticket)

    assert records_of([deciding()])[deciding()] == Record(1, 0, 1)


def test_a_word_taken_back_counts_no_more(agent: Person) -> None:
    ticket = make_ticket()
    overrule(ticket, by=agent, cause="quota.balance", reason="it was the money")
    take_back(ticket, by=agent)

    assert records_of([deciding()])[deciding()] == Record(1, 0, 0)
