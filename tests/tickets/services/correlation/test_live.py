"""From reported failures to an open incident, minute by minute."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import make_admin
from tests.failures import make_row, make_token
from tickets.models import Correlation, Incident, Job, UsualPeak
from tickets.services.correlation import live
from tickets.services.correlation.settings import correlation_settings, save_correlation
from tickets.services.correlation.watch import _seasons
from tickets.services.failure.storing import store
from tickets.services.incident.states import open_incident, resolve
from tickets.services.setting_change import last_changes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    monkeypatch.setattr(live, "_watch", None)


def test_what_fails_for_many_becomes_an_incident_with_its_reason():
    until = reported(outage_minutes=6)

    (incident,) = judged(since=until - timedelta(minutes=6))

    assert (incident.provider, incident.model, incident.route) == ("openai", "", "")
    assert incident.title == "openai: the engine is currently overloaded"
    assert incident.fingerprint
    assert incident.opened_by is None
    reason = incident.reason or {}
    assert incident.accounts == reason["accounts"] >= 7
    assert incident.failures == reason["failures"] >= 10
    assert len(reason["minutes"]) == 60
    assert reason["minutes"][-2][0] > reason["expected"] / reason["window"]
    assert [change.kind for change in incident.changes.all()] == ["opened"]


def test_judged_again_it_opens_nothing_more():
    until = reported(outage_minutes=6)
    judged(since=until - timedelta(minutes=6))

    assert live.correlate() == []
    assert Incident.objects.count() == 1


def test_another_process_does_not_open_it_a_second_time(monkeypatch):
    until = reported(outage_minutes=6)
    judged(since=until - timedelta(minutes=6))
    monkeypatch.setattr(live, "_watch", None)

    assert judged(since=until - timedelta(minutes=2)) == []


def test_what_was_seen_and_never_committed_is_seen_again(monkeypatch):
    until = reported(outage_minutes=6)
    with monkeypatch.context() as broken:
        broken.setattr(live, "_open", _raise)
        with pytest.raises(OSError, match="away"):
            judged(since=until - timedelta(minutes=6))

    assert len(live.correlate()) == 1


def test_nothing_opens_where_an_incident_is_open_already(engineer):
    until = reported(outage_minutes=6)
    incident = open_incident(by=engineer, title="openai is down", provider="openai")

    assert judged(since=until - timedelta(minutes=6)) == []
    resolve(incident, by=engineer)
    live._watch = None
    assert len(judged(since=until - timedelta(minutes=6))) == 1


def test_a_quiet_hour_opens_nothing():
    until = reported(outage_minutes=0)

    assert judged(since=until - timedelta(minutes=6)) == []


def test_it_is_asked_once_a_minute_and_only_where_something_failed():
    assert live.ask_each_minute() is False

    reported(outage_minutes=1)
    live.ask_each_minute()
    live.ask_each_minute()

    assert Job.objects.filter(kind="correlate").count() == 1


def test_switched_off_it_judges_nothing():
    until = reported(outage_minutes=6)
    correlation = correlation_settings()
    correlation.is_on = False
    save_correlation(correlation, by=make_admin())

    assert live.ask_each_minute() is False
    assert judged(since=until - timedelta(minutes=6)) == []
    assert [change.fields for change in last_changes(9)] == [{"is_on": (True, False)}]


def test_peaks_of_past_hours_are_kept_for_other_processes():
    reported(outage_minutes=6)
    judged(since=timezone.now() - timedelta(minutes=10))
    scope = next(iter(live._watch._correlator._scopes.values()))
    scope.baseline.news = {3: 12.25, 80: 9.75}

    live._watch._keep_seasons()
    live._watch._keep_seasons()

    kept = UsualPeak.objects.filter(peak__in=[12.25, 9.75]).order_by("slot")
    assert list(kept.values_list("slot", "peak")) == [(3, 12.25), (80, 9.75)]
    assert _seasons()[scope.place][3] == 12.25


def judged(*, since: datetime) -> list[Incident]:
    correlation_settings()
    Correlation.objects.update(judged_until=since)
    return live.correlate()


def reported(*, outage_minutes: int) -> datetime:
    """An hour of customers' own errors, and at its end trouble for many; until when."""
    until = live._minute_over()
    rows = [*_ground(until), *_outage(until, outage_minutes)]
    assert store(rows, token=make_token()).rejected == []
    return until


def _ground(until: datetime) -> Iterator[dict[str, Any]]:
    draw = Random(1)
    for at in range(60 * 6):
        yield make_row(
            occurred_at=until - timedelta(seconds=3600 - at * 10),
            account=f"a{draw.randrange(80)}",
            provider=draw.choice(["openai", "anthropic"]),
            raw_error="Incorrect API key provided: you can find your key in the console",
            http_status=401,
        )


def _outage(until: datetime, minutes: int) -> Iterator[dict[str, Any]]:
    draw = Random(2)
    for at in range(minutes * 20):
        yield make_row(
            occurred_at=until - timedelta(seconds=minutes * 60 - at * 3),
            account=f"a{draw.randrange(30)}",
            model=draw.choice(["gpt-4o", "gpt-4o-mini"]),
            http_status=503,
        )


def _raise(opening: object) -> None:
    raise OSError("the database is away")
