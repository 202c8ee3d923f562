import pytest

from tests.factories import make_admin, make_agent, make_billing, make_engineer, make_ticket
from tickets.models import AssignmentRule, AuditEntry, Person, Team, Ticket
from tickets.services.assignment import assign
from tickets.services.chain import verify_all
from tickets.services.intake import open_ticket
from tickets.services.team import give_to_team, remove_team, save_team

pytestmark = pytest.mark.django_db


def make_team(name: str, *people: Person, narrow: bool = False) -> Team:
    team = Team(name=name, is_narrow=narrow)
    save_team(team, people=people, by=make_admin())
    return team


def seen_by(person: Person) -> set[Ticket]:
    return set(Ticket.objects.visible_to(Person.objects.get(pk=person.pk)))


def test_teams_alone_narrow_nothing():
    agent, other = make_agent(), make_agent()
    one = make_team("one", agent)
    ticket = make_ticket()
    give_to_team(ticket, one, by=agent)

    assert seen_by(other) == {ticket}


def test_agents_of_a_narrow_team_see_their_queues_no_queue_and_their_own():
    agent = make_agent()
    one, two, other = make_team("one", agent, narrow=True), make_team("two", agent), make_team("other")
    theirs, second, free, taken, hidden = (make_ticket() for _ in range(5))
    for ticket, team in ((theirs, one), (second, two), (taken, other), (hidden, other)):
        give_to_team(ticket, team, by=make_engineer())
    assign(taken, to=agent, by=make_engineer())

    assert seen_by(agent) == {theirs, second, free, taken}


@pytest.mark.parametrize("make", [make_engineer, make_billing, make_admin])
def test_no_team_narrows_anybody_but_agents(make):
    person = make()
    make_team("one", person, narrow=True)
    ticket = make_ticket()
    give_to_team(ticket, make_team("other"), by=make_engineer())

    assert seen_by(person) == {ticket}


def test_sight_is_wide_again_when_the_team_is_left_widened_or_gone():
    agent, ticket = make_agent(), make_ticket()
    give_to_team(ticket, make_team("other"), by=make_engineer())
    team = make_team("one", agent, narrow=True)
    assert seen_by(agent) == set()

    save_team(team, people=[], by=make_admin())
    assert seen_by(agent) == {ticket}
    save_team(team, people=[agent], by=make_admin())
    assert seen_by(agent) == set()
    remove_team(team, by=make_admin())
    assert seen_by(agent) == {ticket}


def test_a_rule_puts_a_new_ticket_into_a_queue_also_where_people_take_by_hand():
    team = make_team("chinese")
    AssignmentRule.objects.create(name="zh", mode="hand", language="zh-hans", team=team)

    ticket = open_ticket(text="调用报错 401", email="a@client.invalid")

    assert (ticket.team, ticket.assignee) == (team, None)
    assert ticket.events.get(kind="team_set").actor.startswith("assignment-rule:")
    assert list(verify_all()) == []


def test_giving_is_an_entry_and_changes_are_noted():
    ticket, agent = make_ticket(), make_agent()
    team = make_team("one", agent)
    give_to_team(ticket, team, by=agent)
    give_to_team(ticket, team, by=agent)
    give_to_team(ticket, None, by=agent)

    told = [event.data["name"] for event in ticket.events.filter(kind="team_set").order_by("position")]
    assert told == ["one", ""]
    entry = AuditEntry.objects.get(kind="setting", about="team one")
    assert (entry.after or {})["people"] == [str(agent)]
