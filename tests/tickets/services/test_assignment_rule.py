import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import VAGUE, make_admin, make_agent, make_billing, make_ticket
from tickets.models import AssignmentRule, AssignmentWait, Language, Ticket
from tickets.services.assignment import BATCH, assign, assign_waiting
from tickets.services.assignment_rule import save_rule
from tickets.services.away import come_back, go_away, set_capacity
from tickets.services.outcome import resolve

pytestmark = pytest.mark.django_db
Mode = AssignmentRule.Mode


def make_rule(*people, mode=Mode.ROUND_ROBIN, **fields):
    rule = AssignmentRule(name="Everything", mode=mode, **fields)
    save_rule(rule, people=people, by=make_admin())
    return rule


def last_event(ticket):
    return ticket.events.latest("position")


def test_without_rules_nobody_gets_a_new_ticket():
    ticket = make_ticket()

    assert (ticket.assignee, ticket.events.filter(kind__contains="assigned").count()) == (None, 0)


def test_a_rule_by_hand_gives_nothing_away_and_stops_those_behind_it():
    ana = make_agent()
    make_rule(ana, mode=Mode.HAND, position=1)
    make_rule(ana, position=2)

    assert make_ticket().assignee is None


def test_round_robin_goes_around():
    ana, ben, eve = make_agent(), make_agent(), make_agent()
    make_rule(ana, ben, eve)

    assert [make_ticket(VAGUE).assignee for _ in range(4)] == [ana, ben, eve, ana]


def test_the_event_names_the_rule_and_who_was_passed_over():
    ana, ben = make_agent(name="Ana"), make_agent(name="Ben")
    go_away(ana, by=ana, until=None)
    make_rule(ana, ben)

    event = last_event(make_ticket())

    assert (event.kind, event.by) == ("assigned", None)
    assert (event.data["name"], event.data["rule"], event.data["mode"]) == (
        "Ben",
        "Everything",
        "round_robin",
    )
    assert event.data["passed"] == [{"name": "Ana", "why": "away"}]


def test_by_load_gives_to_whom_has_the_smallest_part_of_their_capacity():
    ana, ben = make_agent(), make_agent()
    set_capacity(ana, 2, by=ana)
    set_capacity(ben, 8, by=ben)
    assign(make_ticket(), to=ana, by=ana)
    assign(make_ticket(), to=ben, by=ben)
    make_rule(ana, ben, mode=Mode.LOAD)

    assert [make_ticket().assignee for _ in range(3)] == [ben, ben, ben]
    assert make_ticket().assignee == ana  # 1 of 2 and 4 of 8 are alike; who waited longer is next


def test_nobody_gets_more_than_their_capacity_and_the_rest_waits():
    ana = make_agent()
    set_capacity(ana, 1, by=ana)
    make_rule(ana)
    first, second = make_ticket(), make_ticket()

    assert (first.assignee, second.assignee, last_event(second).kind) == (ana, None, "not_assigned")
    assert assign_waiting() == 0
    assert Ticket.objects.get(pk=second.pk).events.filter(kind="not_assigned").count() == 1

    done = {"cause": "unknown", "plain": "Fixed.", "charged": "no", "retried": "no"}
    resolve(first, by=ana, result="customer_fixed", **done)

    assert assign_waiting() == 1
    assert Ticket.objects.get(pk=second.pk).assignee == ana
    assert not AssignmentWait.objects.exists()


def test_who_comes_back_gets_what_waited():
    ana = make_agent()
    go_away(ana, by=ana, until=None, note="training")
    make_rule(ana)
    ticket = make_ticket()
    come_back(ana, by=ana)

    assign_waiting()

    assert Ticket.objects.get(pk=ticket.pk).assignee == ana


def test_a_rule_that_has_nobody_free_holds_up_no_other():
    ana, li = make_agent(), make_agent()
    make_rule(ana, language=Language.ENGLISH)
    make_rule(li, language=Language.CHINESE, position=1)
    for person in (ana, li):
        go_away(person, by=person, until=None)
    for number in range(BATCH + 1):
        make_ticket(f"nothing works {number}")
    last = make_ticket("所有请求都失败", language=Language.CHINESE)
    come_back(li, by=li)

    assert assign_waiting() == 1
    assert Ticket.objects.get(pk=last.pk).assignee == li


def test_of_two_who_assign_at_once_the_second_takes_it_over_from_the_first():
    ana, ben = make_agent(), make_agent()
    ticket = make_ticket()
    stale = Ticket.objects.get(pk=ticket.pk)
    assign(ticket, to=ana, by=ana)

    assign(stale, to=None, by=ben)

    assert Ticket.objects.get(pk=ticket.pk).assignee is None
    assert last_event(ticket).kind == "unassigned"


def test_being_away_ends_by_itself():
    ana = make_agent()
    go_away(ana, by=ana, until=timezone.now() + timedelta(hours=1))
    assert ana.is_away

    ana.away_until = timezone.now() - timedelta(minutes=1)
    ana.save()
    make_rule(ana)

    assert make_ticket().assignee == ana


def test_what_was_taken_by_hand_waits_no_more():
    ana, ben = make_agent(), make_agent()
    go_away(ana, by=ana, until=None)
    make_rule(ana)
    ticket = make_ticket()
    assign(ticket, to=ben, by=ben)
    come_back(ana, by=ana)

    assert assign_waiting() == 0
    assert Ticket.objects.get(pk=ticket.pk).assignee == ben


def test_the_first_rule_that_fits_counts():
    ana, li = make_agent(), make_agent()
    make_rule(li, language=Language.CHINESE, position=1)
    make_rule(ana, position=2)

    assert make_ticket(language=Language.CHINESE).assignee == li
    assert make_ticket(language=Language.ENGLISH).assignee == ana


def test_who_may_not_work_tickets_gets_none():
    gone, billing, ana = make_agent(is_active=False), make_billing(), make_agent()
    make_rule(gone, billing, ana)

    assert [make_ticket().assignee for _ in range(2)] == [ana, ana]


def test_who_stays_in_a_rule_keeps_their_turn():
    ana, ben = make_agent(), make_agent()
    rule = make_rule(ana, ben)
    make_ticket()
    save_rule(rule, people=[ana, ben], by=make_admin())

    assert make_ticket().assignee == ben


@pytest.mark.django_db(transaction=True)
def test_tickets_that_come_at_once_go_around_all_the_same():
    people = [make_agent() for _ in range(3)]
    make_rule(*people)
    start = threading.Barrier(3)

    def report():
        try:
            start.wait()
            for _ in range(4):
                make_ticket(VAGUE)
        finally:
            connection.close()

    threads = [threading.Thread(target=report) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    given = Counter(Ticket.objects.values_list("assignee", flat=True))
    assert given == {person.pk: 4 for person in people}


@pytest.mark.django_db(transaction=True)
def test_two_rules_at_once_do_not_fill_a_person_beyond_their_capacity():
    ana = make_agent()
    set_capacity(ana, 3, by=ana)
    make_rule(ana, language=Language.CHINESE)
    make_rule(ana, language=Language.ENGLISH)
    start = threading.Barrier(2)

    def report(language):
        try:
            start.wait()
            for _ in range(4):
                make_ticket(VAGUE, language=language)
        finally:
            connection.close()

    threads = [threading.Thread(target=report, args=[language]) for language in Language]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Ticket.objects.filter(assignee=ana).count() == 3
    assert AssignmentWait.objects.count() == 5
