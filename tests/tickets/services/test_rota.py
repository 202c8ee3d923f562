from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_admin, make_agent, make_engineer, make_ticket
from tickets.models import Escalation, RotaWeek
from tickets.services import outbox
from tickets.services.away import come_back, go_away
from tickets.services.escalation import escalate
from tickets.services.review import accept
from tickets.services.review_point import told_of
from tickets.services.rota import monday_of, on_duty, plan, save_rota, set_week, start_week, weeks_ahead
from tickets.services.setting_change import last_changes
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture
def people():
    return [make_engineer(name=name) for name in ("Ada", "Bo", "Cy")]


@pytest.fixture
def rota(people):
    save_rota({person: number for number, person in enumerate(people, start=1)}, by=make_admin())
    return people


def names(weeks):
    return [str(week.person) for week in weeks]


def test_they_take_turns_in_their_order(people):
    weeks = plan(people, {}, MONDAY, weeks=4, now=NOW)

    assert names(weeks) == ["Ada", "Bo", "Cy", "Ada"]
    assert [week.monday for week in weeks[:2]] == [MONDAY, MONDAY + WEEK]


def test_who_was_on_duty_longest_ago_is_next(people):
    ada, bo, cy = people
    past = {MONDAY - WEEK: ada, MONDAY - 2 * WEEK: cy, MONDAY - 3 * WEEK: bo}

    assert names(plan(people, past, MONDAY, weeks=3, now=NOW)) == ["Bo", "Cy", "Ada"]


def test_who_is_away_is_passed_over_and_comes_next(people):
    people[0].away_since, people[0].away_until = NOW, NOW + timedelta(days=3)

    assert names(plan(people, {}, MONDAY, weeks=3, now=NOW)) == ["Bo", "Ada", "Cy"]


def test_a_week_that_is_set_stays(people):
    set_to = {MONDAY + WEEK: people[2]}

    assert names(plan(people, set_to, MONDAY, weeks=3, now=NOW)) == ["Ada", "Cy", "Bo"]


def test_nobody_is_on_duty_without_a_rota():
    assert on_duty() is None
    start_week()
    assert not RotaWeek.objects.exists()


def test_a_week_that_has_begun_stays_as_it_is(rota):
    start_week()
    start_week()
    save_rota({rota[2]: 1, rota[1]: 2}, by=make_admin())

    assert RotaWeek.objects.get().person == rota[0]
    assert on_duty().person == rota[0]


def test_the_next_one_stands_in_for_who_is_away(rota):
    start_week()
    go_away(rota[0], by=rota[0], until=None)

    duty = on_duty()
    assert (duty.person, duty.stands_in_for) == (rota[1], rota[0])

    come_back(rota[0], by=rota[0])
    assert on_duty().stands_in_for is None


def test_a_week_is_swapped_by_hand_and_that_is_noted(rota):
    monday = monday_of(timezone.now()) + WEEK
    set_week(monday, rota[0], by=rota[1])
    set_week(monday, rota[2], by=rota[1])

    assert names(weeks_ahead(2)) == ["Ada", "Cy"]
    assert last_changes(1)[0].fields == {monday.isoformat(): ("Ada", "Cy")}


def test_who_may_not_review_any_more_has_no_turn(rota):
    rota[0].role = "agent"
    rota[0].save()

    assert names(weeks_ahead(2)) == ["Bo", "Cy"]


@pytest.mark.django_db(transaction=True)
def test_who_is_on_duty_is_told_of_a_new_escalation(rota, mailoutbox):
    escalation = escalate(make_ticket(), by=make_agent(name="Ana Petrov"), reason="It is new to us.")
    outbox.drain(KINDS)

    (letter,) = mailoutbox
    assert letter.to == [rota[0].email]
    assert "Ana Petrov handed a ticket over." in letter.body
    assert f"/review/{escalation.pk}/" in letter.body


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_of_one_that_is_decided_already(rota, mailoutbox):
    accept(escalate(make_ticket(), by=make_agent(), reason="look"), by=rota[1])
    outbox.drain(KINDS)

    assert mailoutbox == []


def test_who_is_on_duty_looks_after_what_nobody_took(rota):
    agent = make_agent()
    escalation = escalate(make_ticket(), by=agent, reason="look")
    assert told_of(escalation) == rota[0]

    accept(escalation, by=rota[1])
    assert told_of(Escalation.objects.get()) == rota[1]
