import pytest

from tests.factories import make_admin, make_agent, make_ticket
from tests.tickets.services.test_team import make_team
from tickets.models import Person, Team
from tickets.services.team import give_to_team

pytestmark = pytest.mark.django_db


def test_an_admin_makes_changes_and_removes_a_team(client):
    agent = make_agent()
    client.force_login(make_admin())

    client.post("/curation/teams/new/", {"name": " Asia  desk ", "people": [agent.pk], "is_narrow": "on"})
    team = Team.objects.get()
    assert (team.name, list(team.members.all())) == ("Asia desk", [agent])
    assert Person.objects.get(pk=agent.pk).is_narrowed
    assert "Asia desk" in client.get("/curation/teams/").content.decode()

    client.post(f"/curation/teams/{team.pk}/", {"name": "Asia desk", "people": []})
    assert not Person.objects.get(pk=agent.pk).is_narrowed
    client.post(f"/curation/teams/{team.pk}/deletion/")
    assert not Team.objects.exists()


def test_a_name_that_stands_already_is_told(client):
    make_team("Asia")
    client.force_login(make_admin())

    for name in ("asia", ""):
        answer = client.post("/curation/teams/new/", {"name": name})
        assert answer.status_code == 422
        assert answer.context["form"].errors["name"]


def test_the_queue_of_a_ticket_is_shown_set_and_searched(client):
    ticket, team, agent = make_ticket(), make_team("Asia"), make_agent()
    client.force_login(agent)
    assert f"/tickets/{ticket.number}/team/" in client.get(f"/tickets/{ticket.number}/").content.decode()

    client.post(f"/tickets/{ticket.number}/team/", {"team": team.pk})

    page = client.get(f"/tickets/{ticket.number}/?tab=history").content.decode()
    assert "put it into the queue of Asia" in page
    for query, found in (
        (f"team:{team.pk}", True),
        ("team:asia", True),
        ("team:none", False),
        ("team:mine", False),
    ):
        listed = client.get("/desk/", {"view": "all", "q": query}).content.decode()
        assert (ticket.subject in listed) == found, query


@pytest.mark.parametrize("team", ["999", "x"])
def test_a_team_that_is_none_changes_nothing(client, team):
    ticket = make_ticket()
    client.force_login(make_agent())

    assert client.post(f"/tickets/{ticket.number}/team/", {"team": team}).status_code == 422


def test_the_inbox_of_a_narrowed_agent_takes_no_more_statements(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for narrow in (False, True):
        agent = make_agent()
        team = make_team(f"team {narrow}", agent, narrow=narrow)
        give_to_team(make_ticket(), team, by=agent)
        client.force_login(agent)
        client.get("/desk/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get("/desk/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_list_of_teams_takes_the_same_statements_at_one_and_three(client, django_assert_num_queries):
    client.force_login(make_admin())
    for count in (1, 2, 3):
        make_team(f"team {count}", make_agent())
        client.get("/curation/teams/")
        if count != 2:
            with django_assert_num_queries(6):
                client.get("/curation/teams/")
