import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from tests.factories import make_engineer
from tests.incidents import CHINESE, ENGLISH, TEXTS, make_affected, make_incident, work_off
from tickets.models import Incident, IncidentUpdate, StatusPage
from tickets.services.incident.merge import merge_incident
from tickets.services.incident.update import send_update
from tickets.services.status_page import save_status_page

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/status",
    "/zh/status",
    "/status/api/v2/summary.json",
    "/status/api/v2/status.json",
    "/status/api/v2/components.json",
    "/status/api/v2/incidents.json",
    "/status/api/v2/incidents/unresolved.json",
    "/zh/status/api/v2/summary.json",
    "/status/history.rss",
    "/status/history.atom",
    "/zh/status/history.atom",
)


@pytest.fixture
def on(db):
    StatusPage.objects.create(pk=1, is_on=True, name="Acme API")


def publish(incident: Incident, state: str = "identified", texts: dict[str, str] = TEXTS) -> IncidentUpdate:
    return send_update(incident, by=make_engineer(), state=state, texts=texts, is_public=True)


def read(client, part: str):
    return client.get(f"/status/api/v2/{part}.json").json()


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_of_it_is_there_until_an_admin_switches_it_on(client, db, path):
    assert client.get(path).status_code == 404
    assert not StatusPage.objects.exists()

    StatusPage.objects.create(pk=1, is_on=True)

    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/status/api/v2/people.json", "/status/history.csv", "/status/api/v2/x/y.json"]
)
def test_other_names_lead_nowhere(client, on, path):
    assert client.get(path).status_code == 404


def test_without_incidents_everything_works(client, on):
    summary = read(client, "summary")

    assert summary["page"]["name"] == "Acme API"
    assert summary["status"] == {"indicator": "none", "description": "All systems work"}
    assert [(each["name"], each["status"]) for each in summary["components"]] == [("Gateway", "operational")]
    assert (summary["incidents"], summary["scheduled_maintenances"]) == ([], [])


def test_an_incident_shows_its_published_updates_and_nothing_of_the_desk(client, on):
    incident = make_incident(make_affected(1), title="Route west-7 of Acme is broken", route="west-7")
    send_update(
        incident, by=make_engineer(name="Jonas Lind"), state="investigating", texts={"en": "Between us two."}
    )
    publish(incident)
    work_off()

    for path in ADDRESSES:
        told = client.get(path).content.decode()
        for inside in ("west-7", "Jonas", "Between us", "client.invalid", "broken"):
            assert inside not in told, path
    (told,) = read(client, "summary")["incidents"]
    assert (told["name"], told["status"], told["impact"]) == ("Trouble with gpt-4o", "identified", "minor")
    assert [(each["status"], each["body"]) for each in told["incident_updates"]] == [("identified", ENGLISH)]
    assert told["resolved_at"] is None
    assert [each["name"] for each in told["components"]] == ["gpt-4o"]


def test_one_that_was_never_published_stays_inside(client, on):
    make_incident()

    assert read(client, "incidents")["incidents"] == []
    assert read(client, "status")["status"]["indicator"] == "none"


@pytest.mark.parametrize(
    ("about", "state", "indicator", "component"),
    [
        ({"model": "gpt-4o"}, "investigating", "minor", "partial_outage"),
        ({"model": "", "provider": "openai"}, "identified", "major", "major_outage"),
        ({"model": "", "provider": "openai"}, "monitoring", "minor", "degraded_performance"),
        ({"model": "gpt-4o"}, "resolved", "none", "operational"),
    ],
)
def test_how_it_stands_follows_from_what_is_open(client, on, about, state, indicator, component):
    publish(make_incident(**about), state)

    summary = read(client, "summary")

    assert summary["status"]["indicator"] == indicator
    assert summary["components"][-1]["status"] == component
    assert len(summary["incidents"]) == (0 if state == "resolved" else 1)


def test_the_page_is_in_both_languages(client, on):
    publish(make_incident())

    english, chinese = client.get("/status"), client.get("/zh/status")

    assert ENGLISH in english.content.decode()
    assert 'href="/zh/status"' in english.content.decode()
    assert CHINESE in chinese.content.decode()
    assert "gpt-4o 异常" in chinese.content.decode()


def test_a_text_in_one_language_only_is_shown_as_it_is(client, on):
    publish(make_incident(), texts={"en": ENGLISH})

    assert f'lang="en"><p>{ENGLISH}' in client.get("/zh/status").content.decode()


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_did_not_change_is_not_sent_again(client, on, path):
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert first.headers["Cache-Control"] == "public, max-age=30"
    assert "Set-Cookie" not in first.headers


def test_feeds_hold_each_update(client, on):
    incident = make_incident()
    publish(incident, "investigating", {"en": "We are looking into it."})
    publish(incident)

    rss = ElementTree.fromstring(client.get("/status/history.rss").content)
    atom = ElementTree.fromstring(client.get("/zh/status/history.atom").content)

    titles = [item.findtext("title") for item in rss.iter("item")]
    assert titles == ["Trouble with gpt-4o: identified", "Trouble with gpt-4o: investigating"]
    assert len(list(atom.iter("{http://www.w3.org/2005/Atom}entry"))) == 2


def test_a_merged_incident_is_told_where_it_lives_on(client, on, engineer):
    one, other = make_incident(), make_incident()
    publish(one, "investigating", {"en": "We are looking into it."})
    publish(other)

    merge_incident(Incident.objects.get(pk=one.pk), into=other, by=engineer)

    (told,) = read(client, "incidents")["incidents"]
    assert (told["id"], len(told["incident_updates"])) == (str(other.pk), 2)


def test_what_is_long_over_is_not_listed(client, on):
    incident = make_incident()
    publish(incident, "resolved", {"en": "It is over."})
    long_ago = timezone.now() - timedelta(days=100)
    IncidentUpdate.objects.update(created_at=long_ago)
    Incident.objects.update(opened_at=long_ago, resolved_at=long_ago)

    assert read(client, "incidents")["incidents"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_few_statements_for_any_number(client, on, django_assert_max_num_queries, count):
    for _ in range(count):
        publish(make_incident())
        publish(make_incident())

    for path in ADDRESSES:
        with django_assert_max_num_queries(3):
            client.get(path)


def test_the_help_centre_leads_to_it_from_when_it_is_on(client, admin, django_capture_on_commit_callbacks):
    assert 'href="/status"' not in client.get("/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        save_status_page(StatusPage(is_on=True), by=admin)

    assert 'href="/status"' in client.get("/").content.decode()
    assert 'href="/zh/status"' in client.get("/zh/faq").content.decode()


def test_scripts_elsewhere_may_read_the_json(client, on):
    answer = client.get("/status/api/v2/summary.json")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.content)["page"]["time_zone"] == "Etc/UTC"
