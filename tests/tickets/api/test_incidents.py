import pytest

from tests.factories import make_ticket
from tickets.models import Scope
from tickets.services.incident.states import open_incident, resolve
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db
REASON = {"accounts": 14, "failures": 212}


@pytest.fixture
def ask(client):
    _, secret = create_token(name="status", scopes=[Scope.INCIDENTS])

    def ask(query: str = "") -> object:
        return client.get(f"/api/v1/incidents{query}", headers={"Authorization": f"Bearer {secret}"})

    return ask


def test_open_incidents_with_all_that_is_known_of_them(ask, engineer):
    ticket = make_ticket()
    open_incident(by=engineer, title="By hand", model="gpt-4o", tickets=[ticket])
    open_incident(by=None, title="By itself", provider="openai", fingerprint="ab" * 8, reason=REASON)

    itself, hand = ask().json()["items"]

    assert (itself["provider"], itself["model"], itself["fingerprint"]) == ("openai", None, "ab" * 8)
    assert (itself["accounts"], itself["failures"], itself["opened_by"]) == (14, 212, "correlation")
    assert (hand["tickets"], hand["opened_by"], hand["state"]) == (1, str(engineer), "investigating")


def test_resolved_ones_are_asked_for_by_name(ask, engineer):
    resolve(open_incident(by=engineer, title="Over"), by=engineer)
    open_incident(by=engineer, title="Now")

    assert [each["title"] for each in ask("?state=open").json()["items"]] == ["Now"]
    assert [each["title"] for each in ask("?state=resolved").json()["items"]] == ["Over"]
    assert len(ask("?state=all").json()["items"]) == 2


def test_pages_follow_each_other(ask, engineer, monkeypatch):
    monkeypatch.setattr("tickets.api.incidents.SIZE", 2)
    for number in range(3):
        open_incident(by=engineer, title=f"Number {number}")

    first = ask().json()
    second = ask(f"?after={first['next']}").json()

    assert [each["title"] for each in first["items"] + second["items"]] == [
        "Number 2",
        "Number 1",
        "Number 0",
    ]
    assert second["next"] is None


@pytest.mark.parametrize("query", ["?state=half", "?after=x", "?after=99999999999999999999"])
def test_questions_without_sense_are_refused_in_the_one_shape(ask, query):
    answer = ask(query)

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid"


def test_a_page_takes_as_many_statements_for_three_as_for_one(ask, engineer, django_assert_max_num_queries):
    for number in range(3):
        open_incident(by=engineer, title=f"Number {number}")

    with django_assert_max_num_queries(4):
        ask()
