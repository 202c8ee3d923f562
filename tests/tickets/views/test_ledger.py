"""The ledger and the timeline: every number leads to what it counts."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.charges import make_charge, make_proposal, report
from tests.factories import make_admin, make_billing, make_engineer, make_ticket
from tests.failures import make_row
from tests.tickets.services.ledger.test_figures import make_incident, make_notice
from tickets.models import ProviderNotice
from tickets.services.compensation.deciding import approve, credit
from tickets.services.evidence import set_value

pytestmark = pytest.mark.django_db
ROOM, TIMELINE, NOTICES = "/ledger/", "/ledger/timeline/", "/ledger/notices/"


@pytest.fixture(autouse=True)
def somebody(client):
    client.force_login(make_engineer())


def ago(**time):
    return timezone.now() - timedelta(**time)


def fill(name="openai", model="gpt-4o"):
    report(make_row(provider=name, model=model), make_row(provider=name, model="o3"))
    make_incident(ago(hours=3), ago(hours=2), provider=name, model=model)
    make_incident(ago(hours=1), provider=name)
    for known in ({"model": model}, {}):
        ticket = make_ticket("it fails")
        for field, value in {"provider": name, **known}.items():
            set_value(ticket, field=field, raw=value, by=make_admin())
    made = make_proposal(make_charge(provider=name, model=model), by=make_billing())
    approve(made, by=make_admin())
    credit(made, by=make_admin(), reference="CR")


def lines(page):
    for block in page.context["blocks"]:
        yield block.whole
        yield from block.models


def test_every_number_leads_to_just_what_it_counts(client):
    fill()
    fill("azure")
    page = client.get(ROOM)
    numbers = 0
    for line in lines(page):
        figures, links = line.figures, line.links
        if figures.incidents:
            assert len(client.get(links["incidents"]).context["incidents"]) == figures.incidents
        if figures.failures:
            assert client.get(links["failures"]).context["plot"]["total"] == figures.failures
        if figures.tickets:
            assert len(client.get(links["tickets"]).context["tickets"]) == figures.tickets
        for amount, _, address in links["credited"]:
            assert sum(charge.credited for charge in client.get(address).context["charges"]) == amount
        numbers += figures.incidents + figures.failures + figures.tickets
    assert numbers == 2 * 2 * (2 + 3 + 2)
    assert [line.name for line in lines(page)] == ["azure", "gpt-4o", "o3", "", "openai", "gpt-4o", "o3", ""]


def test_the_time_stands_in_the_address(client):
    fill()
    today = timezone.localdate()

    assert client.get(ROOM, {"first": "2026-01-01", "last": "2026-01-31"}).context["blocks"] == []
    assert client.get(ROOM, {"first": today, "last": today}).context["blocks"]
    for odd in (
        {"days": "x"},
        {"first": "x", "last": "y"},
        {"first": "2026-02-01", "last": "2020-01-01"},
        {"page": "x"},
    ):
        assert client.get(ROOM, odd).context["blocks"]


def test_billing_sees_the_numbers_and_only_its_own_links(client):
    fill()
    client.force_login(make_billing())
    page = client.get(ROOM)

    assert all(set(line.links) == {"credited"} for line in lines(page))
    assert "/failures/" not in page.content.decode()


@pytest.mark.parametrize("path", [ROOM, f"{TIMELINE}?provider=p0", NOTICES])
@pytest.mark.parametrize("count", [1, 3])
def test_statements_are_fixed(client, path, count, django_assert_num_queries):
    for number in range(count):
        fill(f"p{number}", f"m{number}")
        make_notice(ago(hours=1), provider=f"p{number}")
    client.get(path)

    with django_assert_num_queries({ROOM: 9, NOTICES: 5}.get(path, 10)):
        client.get(path)


def test_the_timeline_lays_all_lanes_over_one_time(client):
    fill()
    make_notice(ago(minutes=50), ended_at=ago(minutes=10))
    page = client.get(TIMELINE, {"provider": "openai", "hours": "6"})
    timeline = page.context["timeline"]

    assert (len(timeline.steps), timeline.step) == (72, timedelta(minutes=5))
    assert page.context["failures"] == 3
    assert page.context["tickets"] == 2
    assert (len(timeline.incidents), len(timeline.notices)) == (2, 1)
    for row in page.context["rows"]:
        if row["step"].failures:
            assert client.get(row["failures"]).context["plot"]["total"] == row["step"].failures
        if row["step"].tickets:
            shown = client.get(row["tickets"]).context["tickets"]
            assert sorted(ticket.number for ticket in shown) == list(row["step"].tickets)
    text = page.content.decode()
    assert "As a table" in text or "as a table" in text
    assert "none was sent" in text


def test_the_window_moves_by_its_own_length(client):
    fill()
    page = client.get(TIMELINE, {"provider": "openai", "hours": "1", "until": "2026-01-02T10:00"})
    assert page.context["rows"] == []
    earlier = client.get(TIMELINE + page.context["earlier"]).context["timeline"].period
    assert earlier.until == page.context["timeline"].period.since
    assert "2026-01-02T09:00" in client.get(TIMELINE + page.context["earlier"]).content.decode()
    again = client.get(TIMELINE + client.get(TIMELINE + page.context["earlier"]).context["later"])
    assert again.context["timeline"].period == page.context["timeline"].period


@pytest.mark.parametrize("hours", ["1", "6", "24", "168", "720"])
def test_every_window_is_drawn_in_bounded_steps(client, hours):
    fill()
    page = client.get(TIMELINE, {"provider": "openai", "hours": hours})

    assert len(page.context["timeline"].steps) <= 168
    assert page.context["failures"] == 3


@pytest.mark.parametrize(
    "odd", [{}, {"provider": " "}, {"provider": "x" * 99}, {"provider": "openai", "until": "soon"}]
)
def test_without_a_provider_it_asks_for_one(client, odd):
    fill()
    page = client.get(TIMELINE, odd)

    assert page.status_code == 200
    assert "timeline" not in page.context


def test_notices_are_written_down_changed_and_removed(client):
    full = {"provider": "openai", "title": "Elevated errors", "published_at": "2026-11-20T10:00"}
    assert client.post(NOTICES, {**full, "ended_at": "2026-11-19T10:00"}).status_code == 422
    client.post(NOTICES, full)
    notice = ProviderNotice.objects.get()
    client.post(f"{NOTICES}{notice.pk}/", {**full, "title": "All is well"})
    assert "All is well" in client.get(NOTICES).content.decode()
    client.post(f"{NOTICES}{notice.pk}/deletion/")
    assert not ProviderNotice.objects.exists()


def test_a_status_pages_answer_is_taken_in(client):
    told = {
        "id": "a",
        "name": "down",
        "created_at": "2026-11-20T10:00:00Z",
        "resolved_at": None,
        "shortlink": "",
    }
    client.post(f"{NOTICES}page/", {"provider": "openai", "text": json.dumps({"incidents": [told]})})
    assert ProviderNotice.objects.get().title == "down"
    assert client.post(f"{NOTICES}page/", {"provider": "openai", "text": "<html>"}).status_code == 422


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00+14:00", "9999-12-31T23:59:59-12:00", "9999-12-31", "x\x00"]
)
@pytest.mark.parametrize(
    "path", [ROOM, TIMELINE, "/ledger/tickets/", "/charges/", "/failures/", "/incidents/"]
)
def test_moments_that_no_calendar_holds_are_left_aside(client, path, moment):
    asked = dict.fromkeys(["since", "until", "first", "last"], moment)

    assert client.get(path, {"provider": "openai", "after": f"{moment}_1", **asked}).status_code in (200, 302)
