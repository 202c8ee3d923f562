"""Probes: a real request to a real server, what it met, and what the rules and the timeline hear of it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import fake_key, make_admin, make_engineer, make_ticket
from tests.web_server import Answer, web_server
from tickets.models import Probe, ProbeResult
from tickets.services import outbox, probe
from tickets.services.ledger.period import Period
from tickets.services.ledger.timeline import timeline_of
from tickets.services.probe import TooMany, ask_now, ask_when_due, save_probe
from tickets.services.provider_status import provider_status
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
GOOD = Answer(body=json.dumps({"choices": [{"message": {"content": "p"}}]}).encode())


@pytest.fixture
def gateway():
    with web_server() as server:
        server.answer = lambda _: GOOD
        yield server


def make_probe(gateway, **fields) -> Probe:
    about = {"provider": "openai", "model": "gpt-4o", "is_on": True, "is_internal": True, **fields}
    made = Probe(address=f"{gateway.address}/v1", **about)
    save_probe(made, by=make_admin())
    return made


def send(one: Probe) -> ProbeResult:
    """As if the last one had been a while ago."""
    ProbeResult.objects.filter(at__gt=timezone.now() - timedelta(minutes=2)).update(
        at=timezone.now() - timedelta(minutes=2)
    )
    assert ask_now(one)
    outbox.drain(KINDS)
    return one.results.latest("at")


def test_it_asks_for_one_token_with_the_key_from_the_environment(gateway, monkeypatch):
    key = fake_key()
    monkeypatch.setenv("PROBE_KEY_OPENAI", key)
    result = send(make_probe(gateway, key_name="PROBE_KEY_OPENAI"))

    (asked,) = gateway.asked
    assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
    assert asked.headers["Authorization"] == f"Bearer {key}"
    assert json.loads(asked.body) == {
        "model": "gpt-4o", "messages": [{"role": "user", "content": "ping"}], "max_tokens": 1, "stream": False,
    }  # fmt: skip
    assert (result.outcome, result.http_status, result.said) == ("works", 200, "")


def test_no_other_variable_is_ever_sent(gateway, monkeypatch):
    monkeypatch.setenv("TRIAGE_SECRET_KEY", "never to be seen")
    send(make_probe(gateway, key_name="TRIAGE_SECRET_KEY"))

    assert "Authorization" not in gateway.asked[0].headers


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(503, b"overloaded"), "fails"),
        (Answer(200, b"<html>"), "fails"),
        (Answer(200, b'{"choices": []}'), "fails"),
        (Answer(401, b"bad key"), "refused"),
        (Answer(429, b"slow down"), "refused"),
        (Answer(302, headers={"Location": "http://127.0.0.1/"}), "refused"),
    ],
)
def test_what_it_met_is_written_down(gateway, answer, outcome):
    gateway.answer = lambda _: answer

    result = send(make_probe(gateway))
    assert (result.outcome, result.http_status) == (outcome, answer.status)
    assert len(gateway.asked) == 1


def test_a_gateway_that_is_gone_fails(gateway):
    one = make_probe(gateway)
    Probe.objects.update(address="http://127.0.0.1:1")

    assert send(one).outcome == "fails"


def test_a_key_that_is_answered_back_is_not_stored(gateway, monkeypatch):
    key = fake_key()
    monkeypatch.setenv("PROBE_KEY", key)
    gateway.answer = lambda _: Answer(401, f"Incorrect API key provided: {key}".encode())

    said = send(make_probe(gateway, key_name="PROBE_KEY")).said
    assert said.startswith("Incorrect API key provided")
    assert key not in said


def test_it_is_sent_when_it_is_due_and_never_twice_within_a_minute(gateway):
    one = make_probe(gateway, minutes=10)
    make_probe(gateway, model="off", is_on=False)
    assert ask_when_due()
    assert not ask_when_due()
    outbox.drain(KINDS)
    probe.send_probe(one.pk)

    assert len(gateway.asked) == 1
    assert not ask_now(one)


def test_only_so_many_are_on(gateway, monkeypatch):
    monkeypatch.setattr(probe, "MOST", 1)
    make_probe(gateway)

    with pytest.raises(TooMany):
        make_probe(gateway, model="gpt-4o-mini")


def test_old_results_are_forgotten(gateway):
    one = make_probe(gateway)
    one.results.create(at=timezone.now() - timedelta(days=91), outcome="works", latency_ms=1)
    send(one)

    assert one.results.count() == 1


def test_two_failures_in_a_row_tell_the_engine(gateway):
    ticket, known = make_ticket(), {"provider": "OpenAI", "model": "gpt-4o"}
    one = make_probe(gateway)
    gateway.answer = lambda _: Answer(500)
    first = send(one)
    assert provider_status(ticket, known) == {}
    send(one)

    first.refresh_from_db()
    assert provider_status(ticket, known) == {
        "provider": "OpenAI", "told_by": "probe", "state": "degraded", "since": first.at.isoformat(),
    }  # fmt: skip
    assert provider_status(ticket, {**known, "model": "o3"}) == {}
    gateway.answer = lambda _: GOOD
    send(one)
    assert provider_status(ticket, known) == {}


def test_they_stand_on_the_timeline_of_the_provider(gateway, django_assert_num_queries):
    now = timezone.now()
    one = make_probe(gateway)
    for minutes, outcome in ((20, "works"), (10, "fails"), (9, "refused")):
        one.results.create(at=now - timedelta(minutes=minutes), outcome=outcome, latency_ms=minutes * 10)
    engineer = make_engineer()
    with django_assert_num_queries(5):
        timeline = timeline_of("OpenAI", Period(now - timedelta(hours=168), now), person=engineer)

    (probed,) = [step.probes for step in timeline.steps if step.probes]
    assert (probed.sent, probed.failed, probed.refused, probed.latency_ms, probed.worst) == (
        3,
        1,
        1,
        100,
        "fails",
    )
