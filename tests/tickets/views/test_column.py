import pytest

from tests.factories import VAGUE, make_ticket

pytestmark = pytest.mark.django_db
ALL = ["verdict", "title", "replies", "sla", "waiting", "state", "cause", "account", "model", "opened"]


def headers(client):
    make_ticket(VAGUE)
    return [column.slug for column in client.get("/desk/").context["columns"]]


def test_columns_are_chosen_and_the_problem_stays(client, agent):
    client.post("/desk/columns/", {"order": ALL, "shown": ["cause", "opened"]})

    assert headers(client) == ["title", "cause", "opened"]


def test_a_column_moves_by_one_place_and_keeps_what_is_ticked(client, agent):
    client.post("/desk/columns/", {"order": ALL, "shown": ["verdict", "replies"], "up": "replies"})
    assert headers(client) == ["verdict", "replies", "title"]

    client.post("/desk/columns/", {"order": ALL, "shown": ["verdict"], "down": "verdict"})
    assert headers(client) == ["title", "verdict"]


def test_the_usual_columns_come_back(client, agent):
    client.post("/desk/columns/", {"order": ALL, "shown": ["cause"]})
    client.post("/desk/columns/", {"usual": "1"})

    assert headers(client) == ["verdict", "title", "replies", "sla", "waiting"]


@pytest.mark.parametrize("posted", [{}, {"order": ["nonsense"]}, {"order": ALL, "up": "nonsense"}])
def test_nonsense_changes_nothing(client, agent, posted):
    client.post("/desk/columns/", posted)

    assert headers(client) == ["verdict", "title", "replies", "sla", "waiting"]


def test_density_is_kept_with_the_person(client, agent):
    answer = client.post("/desk/density/", {"density": "compact", "go": "/desk/?view=us"})

    agent.refresh_from_db()
    assert (agent.density, answer.headers["Location"]) == ("compact", "/desk/?view=us")
