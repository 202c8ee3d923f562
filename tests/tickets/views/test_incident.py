import pytest

from tests.factories import VAGUE, make_agent, make_engineer, make_ticket
from tests.incidents import make_affected
from tickets.models import Incident, Ticket
from tickets.services.incident.states import open_incident, resolve

pytestmark = pytest.mark.django_db


@pytest.fixture
def engineer(client):
    person = make_engineer(name="Jonas Lind")
    client.force_login(person)
    return person


def test_opening_with_numbers_leads_to_its_page(client, engineer):
    ticket = make_ticket()

    answer = client.post("/incidents/new/", {"title": "gpt-4o fails", "numbers": f"#{ticket.number}"})

    incident = Incident.objects.get()
    assert answer.url == f"/incidents/{incident.pk}/"
    assert (incident.opened_by, list(incident.tickets.all())) == (engineer, [ticket])
    page = client.get(answer.url).content.decode()
    assert f"Jonas Lind attached #{ticket.number}" in page


@pytest.mark.parametrize("numbers", ["twelve", "1; DROP"])
def test_numbers_that_are_none_are_refused_with_a_reason(client, engineer, numbers):
    answer = client.post("/incidents/new/", {"title": "x", "numbers": numbers})

    assert answer.status_code == 422
    assert "Write ticket numbers, such as 4127, 4119." in answer.content.decode()


def test_attaching_says_which_number_there_is_not_and_taking_out_works(client, engineer):
    ticket, incident = make_ticket(VAGUE), open_incident(by=engineer, title="First")

    page = client.post(
        f"/incidents/{incident.pk}/tickets/", {"numbers": f"{ticket.number}, 999"}, follow=True
    )
    assert "No such ticket: #999" in page.content.decode()
    assert list(incident.tickets.all()) == [ticket]

    client.post(f"/incidents/{incident.pk}/tickets/", {"out": ticket.number})
    assert list(incident.tickets.all()) == []


def test_a_ticket_of_another_incident_is_not_taken_out_from_here(client, engineer):
    ticket = make_ticket(VAGUE)
    first = open_incident(by=engineer, title="First", tickets=[ticket])
    second = open_incident(by=engineer, title="Second")

    client.post(f"/incidents/{second.pk}/tickets/", {"out": ticket.number})

    assert Ticket.objects.get(pk=ticket.pk).incident == first


def test_the_steps_show_when_each_state_was_reached(client, engineer):
    incident = open_incident(by=engineer, title="First")
    client.post(f"/incidents/{incident.pk}/state/", {"state": "identified"})

    steps = client.get(f"/incidents/{incident.pk}/").context["steps"]

    assert [(step["value"], step["is_past"], step["is_now"], step["at"] is not None) for step in steps] == [
        ("investigating", True, False, True),
        ("identified", False, True, True),
        ("monitoring", False, False, False),
        ("resolved", False, False, False),
    ]


def test_open_and_resolved_are_two_lists(client, engineer):
    going_on, over = (open_incident(by=engineer, title=title) for title in ("First", "Second"))
    resolve(over, by=engineer)

    assert client.get("/incidents/").context["incidents"] == [going_on]
    assert client.get("/incidents/?state=resolved").context["incidents"] == [over]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_queries_for_any_number(client, engineer, django_assert_num_queries, count):
    for _ in range(count):
        incident = open_incident(by=engineer, title="It", tickets=[make_ticket() for _ in range(count)])

    with django_assert_num_queries(5):
        client.get("/incidents/")
    with django_assert_num_queries(15):
        client.get(f"/incidents/{incident.pk}/")


def test_an_agent_reads_and_attaches_but_does_not_run_it(client, engineer):
    incident = open_incident(by=engineer, title="First")
    client.force_login(make_agent())

    page = client.get(f"/incidents/{incident.pk}/").content.decode()

    assert "Ticket numbers" in page
    assert "State becomes" not in page


def test_tags_are_set_on_the_ticket_page(client, engineer):
    ticket = make_ticket(VAGUE)

    client.post(f"/tickets/{ticket.number}/tags/", {"tags": "Base URL, refund"})

    page = client.get(f"/tickets/{ticket.number}/").content.decode()
    assert 'value="base-url, refund"' in page
    assert "Jonas Lind changed the tags: base-url, refund" in page


def test_a_ticket_is_linked_and_taken_out_from_its_own_page(client, engineer):
    ticket = make_ticket("gpt-4o answers 503 to everything\n\nHTTP/1.1 503 Service Unavailable")
    incident = open_incident(by=engineer, title="gpt-4o is down", model="gpt-4o")
    tab = f"/tickets/{ticket.number}/?tab=incident"
    assert "Link this ticket" in client.get(tab).content.decode()

    linked = client.post(
        f"/incidents/{incident.pk}/tickets/", {"numbers": ticket.number, "back": ticket.number}, follow=True
    )
    out = client.post(f"/incidents/{incident.pk}/tickets/", {"out": ticket.number, "back": ticket.number})

    assert "It is none of these failures" in linked.content.decode()
    assert out.url == f"/tickets/{ticket.number}/?tab=incident#context"
    assert Ticket.objects.get(pk=ticket.pk).incident is None


def test_the_hint_begins_an_incident_with_all_that_have_the_error(client, engineer):
    first, second, closed = make_affected(3)
    Ticket.objects.filter(pk=closed.pk).update(status="resolved")

    page = client.get(f"/incidents/new/?alike={second.number}").content.decode()

    assert f">{first.number}, {second.number}</textarea>" in page.replace("\n", "")
    assert 'value="openai"' in page
    assert 'value="gpt-4o"' in page
    assert client.get("/incidents/new/?alike=999999").status_code == 404
