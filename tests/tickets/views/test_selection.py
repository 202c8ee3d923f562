import pytest

from tests.factories import VAGUE, make_agent, make_billing, make_ticket
from tickets.models import BulkChange, Ticket
from tickets.services.assignment import assign

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    person = make_agent()
    client.force_login(person)
    return person


@pytest.fixture
def tickets():
    return [make_ticket(VAGUE) for _ in range(4)]


def test_a_selection_is_kept_across_pages(client, agent, tickets):
    one, two, three, four = (ticket.number for ticket in tickets)
    client.post("/desk/selection/", {"shown": f"{one} {two}", "number": [one, two], "go": "/desk/?after=x"})
    client.post("/desk/selection/", {"shown": f"{three} {four}", "number": [four]})
    answer = client.post(
        "/desk/selection/", {"shown": f"{one} {two}", "number": [two], "go": "/desk/?view=us"}
    )

    assert client.session["selected"] == [four, two]
    assert answer.headers["Location"] == "/desk/?view=us"
    assert "2 selected" in client.get("/desk/?view=us").content.decode()


def test_ticking_a_box_answers_with_the_count_alone(client, agent, tickets):
    client.post("/desk/selection/", {"shown": "999999", "number": [tickets[0].number]})

    answer = client.post(
        "/desk/selection/",
        {"shown": str(tickets[1].number), "number": [tickets[1].number]},
        headers={"HX-Request": "true"},
    )

    assert answer.content.decode().startswith('<strong id="selected"')
    assert "2 selected, 1 on other pages" in answer.content.decode()


@pytest.mark.parametrize(
    "go", ["https://elsewhere.example/", "//elsewhere.example", "/desk/\\..//x.example", "", "javascript:x"]
)
def test_nobody_is_sent_elsewhere(client, agent, go):
    location = client.post("/desk/selection/", {"go": go}).headers["Location"]

    assert location.startswith("/desk/")


def test_selected_tickets_are_changed_and_changed_back(client, agent, tickets):
    other = make_agent()
    assign(tickets[0], to=other, by=agent)
    numbers = [ticket.number for ticket in tickets]
    client.post("/desk/selection/", {"shown": str(numbers[0]), "number": [numbers[0]]})

    client.post(
        "/desk/changes/",
        {
            "shown": " ".join(map(str, numbers[1:])),
            "number": numbers[1:3],
            "action": "assign",
            "to": agent.pk,
        },
    )
    owners = list(Ticket.objects.order_by("pk").values_list("assignee", flat=True))
    page = client.get("/desk/?view=us").content.decode()
    change = BulkChange.objects.get()
    answer = client.post(f"/desk/changes/{change.pk}/undoing/", {"go": "/desk/?view=us"}, follow=True)

    assert owners == [agent.pk] * 3 + [None]
    assert client.session["selected"] == []
    assert "Assign: 3 tickets changed." in page
    assert "3 tickets are as they were." in answer.content.decode()
    assert "Undo" not in answer.content.decode()
    assert list(Ticket.objects.order_by("pk").values_list("assignee", flat=True)) == [
        other.pk,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(("action", "more"), [("status", {"status": "waiting"}), ("confirm", {})])
def test_other_actions_reach_every_selected_ticket(client, agent, tickets, action, more):
    numbers = [ticket.number for ticket in tickets]

    client.post("/desk/changes/", {"shown": "", "number": numbers, "action": action, **more})

    changed = (
        Ticket.objects.filter(status="waiting")
        if action == "status"
        else Ticket.objects.filter(verdict_by_person=True)
    )
    assert changed.count() == 4


@pytest.mark.parametrize(
    "posted", [{}, {"action": "delete", "number": ["1"]}, {"action": "assign", "to": "9999", "number": ["1"]}]
)
def test_what_cannot_be_done_says_so_and_changes_nothing(client, agent, tickets, posted):
    answer = client.post("/desk/changes/", posted, follow=True)

    assert "Tick the tickets first" in answer.content.decode()
    assert not BulkChange.objects.exists()


def test_only_who_did_it_may_take_it_back(client, agent, tickets):
    change = BulkChange.objects.create(action="assign", by=make_agent())

    assert client.post(f"/desk/changes/{change.pk}/undoing/").status_code == 404


def test_who_may_not_work_sees_no_boxes(client, tickets):
    client.force_login(make_billing())

    assert 'type="checkbox"' not in client.get("/desk/").content.decode()
