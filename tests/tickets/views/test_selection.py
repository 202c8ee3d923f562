import re
from typing import cast

import pytest
from django.test import RequestFactory
from django.urls import get_script_prefix, set_script_prefix

from tests.factories import VAGUE, make_agent, make_billing, make_engineer, make_ticket
from tickets.models import BulkChange, Incident, Ticket
from tickets.services.assignment import assign
from tickets.services.escalation import escalate
from tickets.services.incident.states import attach
from tickets.services.outcome import resolve
from tickets.views import selection
from tickets.views.request import DeskRequest
from tickets.views.row import Labels

pytestmark = pytest.mark.django_db


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
        "/desk/changes/assign/",
        {"shown": " ".join(map(str, numbers[1:])), "number": numbers[1:3], "to": agent.pk},
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


def selected(client, tickets):
    numbers = [ticket.number for ticket in tickets]
    client.post("/desk/selection/", {"shown": " ".join(map(str, numbers)), "number": numbers})


@pytest.mark.parametrize(
    ("action", "given", "reached"),
    [
        ("status", {"status": "waiting"}, {"status": "waiting"}),
        ("confirm", {}, {"verdict_by_person": True}),
        ("overrule", {"cause": "key.revoked", "reason": "looked it up"}, {"cause": "key.revoked"}),
        ("tag", {"add": "VIP, big one"}, {"tags__name": "big-one"}),
        ("snooze", {"choice": "reply"}, {"status": "snoozed"}),
        ("resolve", {"result": "explained", "plain": "The model was retired."}, {"status": "resolved"}),
    ],
)
def test_every_action_reaches_all_selected_and_is_taken_back(client, agent, tickets, action, given, reached):
    selected(client, tickets)

    asked = client.get(f"/desk/changes/{action}/").content.decode()
    client.post(f"/desk/changes/{action}/", {"go": "/desk/?view=us", **given})
    changed = Ticket.objects.filter(**reached).count()
    change = BulkChange.objects.get()
    client.post(f"/desk/changes/{change.pk}/undoing/", {})

    assert "4 tickets" in asked
    assert (change.action, changed) == (action, 4)
    assert Ticket.objects.filter(**reached).count() == 0


def test_linking_to_an_incident_and_out_of_it_again(client, agent, tickets):
    before, now = (Incident.objects.create(title=title) for title in ("slow", "down"))
    attach([tickets[0]], before, by=agent)
    selected(client, tickets)

    client.post("/desk/changes/incident/", {"incident": now.pk})
    linked = list(Ticket.objects.order_by("pk").values_list("incident", flat=True))
    client.post(f"/desk/changes/{BulkChange.objects.get().pk}/undoing/", {})

    assert linked == [now.pk] * 4
    assert list(Ticket.objects.order_by("pk").values_list("incident", flat=True)) == [
        before.pk,
        None,
        None,
        None,
    ]
    assert now.changes.filter(kind="attached").get().numbers == [ticket.number for ticket in tickets]


def test_one_row_is_changed_without_touching_the_selection(client, agent, tickets):
    selected(client, tickets[:2])
    number = tickets[3].number

    form = client.get(f"/desk/changes/assign/?number={number}", headers={"HX-Request": "true"})
    client.post("/desk/changes/assign/", {"number": number, "to": agent.pk})

    assert f'name="number" value="{number}"' in form.content.decode()
    assert list(Ticket.objects.filter(assignee=agent)) == [tickets[3]]
    assert client.session["selected"] == [tickets[0].number, tickets[1].number]


def test_the_whole_list_is_selected_as_far_as_one_action_takes_it(client, agent, tickets, monkeypatch):
    monkeypatch.setattr(selection, "MOST", 3)

    client.post("/desk/selection/", {"all": "?view=us", "go": "/desk/?view=us"})

    assert client.session["selected"] == [ticket.number for ticket in tickets[:3]]
    assert "as many as one action takes" in client.get("/desk/?view=us").content.decode()


@pytest.mark.parametrize(
    ("action", "posted"),
    [
        ("assign", {"to": "9999"}),
        ("status", {"status": "gone"}),
        ("tag", {"add": " , "}),
        ("overrule", {"cause": "key.revoked", "reason": ""}),
        ("snooze", {"choice": "never"}),
        ("incident", {"incident": "77"}),
        ("resolve", {"result": "explained", "plain": "Please send us your full API key."}),
    ],
)
def test_what_cannot_be_done_says_so_and_keeps_the_selection(client, agent, tickets, action, posted):
    selected(client, tickets)

    answer = client.post(f"/desk/changes/{action}/", posted)

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not BulkChange.objects.exists()
    assert len(client.session["selected"]) == 4


def test_nothing_selected_says_what_to_do_first(client, agent):
    assert "Tick the tickets first" in client.post("/desk/changes/confirm/", follow=True).content.decode()
    assert client.get("/desk/changes/delete/").status_code == 404


def test_only_who_did_it_may_take_it_back(client, agent, tickets):
    change = BulkChange.objects.create(action="assign", by=make_agent())

    assert client.post(f"/desk/changes/{change.pk}/undoing/").status_code == 404


def test_who_may_not_work_sees_no_boxes(client, tickets):
    client.force_login(make_billing())

    assert 'type="checkbox"' not in client.get("/desk/").content.decode()


def test_what_was_ticked_in_one_list_is_not_taken_along_in_another(client, agent, tickets):
    one, two, three, four = (ticket.number for ticket in tickets)
    here, there = "?view=us", "?view=us&q=fails"
    client.post("/desk/selection/", {"list": here, "shown": f"{one} {two}", "number": [one, two]})
    elsewhere = client.get(f"/desk/{there}").content.decode()

    client.post(
        "/desk/changes/status/",
        {"list": there, "shown": f"{three} {four}", "number": [three], "status": "waiting"},
    )

    assert "is-open" not in elsewhere
    assert list(Ticket.objects.filter(status="waiting").values_list("pk", flat=True)) == [three]


def test_what_an_action_leaves_alone_is_named_with_the_reason(client, agent, tickets):
    numbers = [ticket.number for ticket in tickets]
    escalate(tickets[0], by=agent, reason="the route is down")
    closing = {"result": "provider_recovered", "plain": "The provider works again."}
    resolve(tickets[1], by=agent, cause="unknown", charged="no", retried="no", **closing)

    answer = client.post("/desk/changes/resolve/", {"number": numbers, **closing}, follow=True)

    said = f"Left as they are: #{numbers[0]} (with the engineers), #{numbers[1]} (resolved already)"
    assert said in answer.content.decode()
    assert Ticket.objects.filter(status="resolved").count() == 3


def test_a_time_that_is_over_is_told_beside_its_field(client, agent, tickets):
    selected(client, tickets)

    asked = client.get("/desk/changes/snooze/").content.decode()
    page = client.post("/desk/changes/snooze/", {"choice": "own", "at": "2020-01-01T09:00"}).content.decode()

    assert asked.count("formnovalidate") == 4 - ("Monday morning" not in asked)
    assert re.search(r'<input type="datetime-local" name="at" min="20\d\d-[-0-9T:]+" required', asked)
    assert "may stay empty" not in asked
    assert "That moment is over. Choose a later one." in page
    assert 'value="2020-01-01T09:00"' in page


def test_without_an_open_incident_it_says_so_and_offers_the_way_to_one(client, agent, tickets):
    selected(client, tickets[:2])
    address = "/desk/changes/incident/"

    shown = client.get(address).content.decode()
    client.force_login(make_engineer())
    selected(client, tickets[:2])
    to_engineer = client.get(address).content.decode()
    Incident.objects.create(title="slow")

    assert "No incident is open. An engineer opens one." in shown
    assert "Open a new incident with them" in to_engineer
    assert "No incident is open." in to_engineer
    assert "An engineer opens one." not in to_engineer
    assert "No incident is open." not in client.get(address).content.decode()


@pytest.fixture
def prefix():
    """As if the desk stood below a path of its own."""
    before = get_script_prefix()
    set_script_prefix("/desk-10/")
    yield "/desk-10"
    set_script_prefix(before)


def test_addresses_follow_the_path_that_the_desk_stands_below(prefix):
    def went_to(asked):
        return selection.next_page(
            cast(DeskRequest, RequestFactory().post("/desk/selection/", {"go": asked}))
        )

    assert Labels("en", (), can_work=False).address_of(7) == f"{prefix}/tickets/7/"
    for asked in (f"{prefix}/desk/?view=us", f"{prefix}/tickets/7/"):
        assert went_to(asked) == asked
    assert went_to("/desk/") == went_to("//elsewhere.example/desk/") == f"{prefix}/desk/"
