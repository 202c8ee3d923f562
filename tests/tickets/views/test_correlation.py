import pytest

from tickets.models import Correlation
from tickets.services.incident.states import open_incident

pytestmark = pytest.mark.django_db
REASON = {
    "accounts": 14,
    "failures": 212,
    "counted": 60,
    "expected": 4.0,
    "window": 4,
    "since": "2026-03-02T11:56:30+00:00",
    "at": "2026-03-02T11:59:15+00:00",
    "minutes": [[0, 0]] * 50 + [[1, 2]] * 6 + [[9, 40], [11, 60], [12, 70], [8, 40]],
}


def test_admins_set_floor_window_and_accounts(client, admin):
    client.force_login(admin)

    answer = client.post(
        "/curation/correlation/", {"is_on": "on", "window": "15", "failures": "30", "accounts": "9"}
    )

    assert answer.status_code == 302
    correlation = Correlation.objects.get()
    assert (correlation.window, correlation.failures, correlation.accounts) == (15, 30, 9)


def test_a_window_without_sense_is_refused_and_nothing_is_lost(client, admin):
    client.force_login(admin)

    answer = client.post("/curation/correlation/", {"window": "600", "failures": "30", "accounts": "9"})

    assert answer.status_code == 422
    assert 'value="600"' in answer.content.decode()
    assert Correlation.objects.get().window == 10


def test_an_incident_shows_why_it_opened(client, engineer):
    incident = open_incident(by=None, title="openai: overloaded", provider="openai", reason=REASON)
    client.force_login(engineer)

    page = client.get(f"/incidents/{incident.pk}/").content.decode()

    assert "212 failures of 14 accounts within 4 minutes" in page
    assert page.count('class="bar" x=') == 4
    assert page.count('class="bar bar-usual" x=') == 6


def test_an_incident_opened_by_people_has_no_plot(client, engineer):
    incident = open_incident(by=engineer, title="All is down")
    client.force_login(engineer)

    assert "Why it opened" not in client.get(f"/incidents/{incident.pk}/").content.decode()
