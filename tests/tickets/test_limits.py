"""Too much from one place is refused, said clearly, and costs the others nothing."""

import json
import os
import resource
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client

from tests.factories import PASSWORD, WRONG_BASE_URL, make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.token import create_token
from triage.limit import Limit

pytestmark = pytest.mark.django_db
FLOOD = int(os.environ.get("FLOOD", "400"))  # submissions; FLOOD=10000 takes some minutes
HERE = {"REMOTE_ADDR": "203.0.113.5"}


@pytest.fixture(autouse=True)
def narrow(settings, monkeypatch):
    monkeypatch.setattr(
        "triage.limits.time", SimpleNamespace(time=lambda: 1_800_000_000)
    )  # no window ends meanwhile
    settings.LIMITS = {**ours.LIMITS, **{door: Limit(3, 600) for door in ours.LIMITS if door != "reports"}}


def report(client: Client, number: int = 0, **extra: Any):
    body = {"text": WRONG_BASE_URL, "email": f"c{number}@client.invalid", "once": f"form:flood-{number}"}
    return client.post("/report/", body, **extra)


def test_the_fourth_report_waits_and_keeps_what_was_typed(client):
    for number in range(3):
        assert report(client, number, **HERE).status_code == 302

    refused = report(client, 3, **HERE)

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    page = refused.content.decode()
    assert "Invalid URL" in page
    assert "c3@client.invalid" in page
    assert report(client, 4, REMOTE_ADDR="203.0.113.6").status_code == 302  # others are served


def test_one_ipv6_network_is_one_place(client):
    for number in range(3):
        assert report(client, number, REMOTE_ADDR=f"2001:db8:1:1::{number + 1}").status_code == 302

    assert report(client, 4, REMOTE_ADDR="2001:db8:1:1:ffff::9").status_code == 429
    assert report(client, 5, REMOTE_ADDR="2001:db8:1:2::1").status_code == 302


def test_behind_a_proxy_the_address_that_it_saw_counts(client, settings):
    settings.PROXIES = 1
    proxy = {"REMOTE_ADDR": "10.0.0.1"}
    for number in range(3):
        said = {
            "HTTP_X_FORWARDED_FOR": f"198.51.100.{number}, 203.0.113.5"
        }  # the first part is anybody's word
        assert report(client, number, **proxy, **said).status_code == 302

    assert report(client, 3, **proxy, HTTP_X_FORWARDED_FOR="198.51.100.9, 203.0.113.5").status_code == 429


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/report/", {"text": "429"}),
        ("/tools/request/", {"text": "{}"}),
        ("/tools/base-url/", {"url": "https://gateway.invalid/v1"}),
        ("/tools/model-name/", {"name": "gpt"}),
        ("/tools/pacing/", {"text": "429"}),
    ],
)
def test_every_public_box_is_limited(client, path, body):
    for _ in range(3):
        assert client.post(path, body).status_code != 429

    assert client.post(path, body).status_code == 429
    assert client.get(path, follow=True).status_code == 200  # to look costs nothing


def test_the_customers_own_page_is_limited(client):
    path = f"/t/{make_ticket().follow_up_token}/messages/"
    for number in range(3):
        assert client.post(path, {"body": f"word {number}", "text": f"word {number}"}).status_code != 429

    assert client.post(path, {"body": "more", "text": "more"}).status_code == 429


def test_a_token_is_limited_by_itself(client):
    def ask(secret: str, path: str = "triage") -> tuple[int, str | None]:
        answer = client.post(
            f"/api/v1/{path}", json.dumps({"text": "429"}), content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )  # fmt: skip
        return answer.status_code, answer.headers.get("Retry-After")

    one, other = (create_token(name=name, scopes=["triage:read"])[1] for name in ("one", "other"))
    assert [ask(one)[0] for _ in range(3)] == [200, 200, 200]
    status, wait = ask(one)
    assert (status, int(wait or 0) > 0) == (429, True)
    assert ask(other)[0] == 200
    assert [ask("guess")[0] for _ in range(4)] == [401, 401, 401, 429]


def test_too_many_wrong_passwords_say_when_to_come_back(client):
    agent = make_agent()
    for _ in range(6):
        client.post("/accounts/login/", {"login": agent.email, "password": "wrong"})

    refused = client.post("/accounts/login/", {"login": agent.email, "password": PASSWORD})

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_a_flood_from_many_addresses_is_bounded_and_leaves_the_desk_usable(client, settings):
    settings.LIMITS = {**settings.LIMITS, "reports": Limit(50, 600)}
    agent = make_agent()
    report(client, 0, **HERE)  # what the first one loads
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    answers = [
        report(client, number, REMOTE_ADDR=f"198.18.{number // 250}.{number % 250 + 1}").status_code
        for number in range(1, FLOOD)
    ]

    assert set(answers) == {302, 429}
    assert Ticket.objects.count() == 50
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80_000  # kilobytes
    client.force_login(agent)
    assert client.get("/desk/").status_code == 200
