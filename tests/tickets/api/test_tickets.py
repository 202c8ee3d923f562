import json

import pytest

from tests.factories import VAGUE, WRONG_BASE_URL, fake_key, make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.merge import merge
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    _, secret = create_token(name="gateway", scopes=["tickets:write", "triage:read"])

    def send(path, body, token=secret):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.post(f"/api/v1/{path}", data, content_type="application/json", headers=headers)

    return send


def test_a_text_is_judged_and_nothing_is_stored(post):
    answer = post("triage", {"text": WRONG_BASE_URL})

    assert (answer.status_code, answer.json()["cause"]) == (200, "endpoint.base_url")
    assert not Ticket.objects.exists()


def test_the_context_changes_the_verdict(post):
    text = "429 Too Many Requests"
    alone = post("triage", {"text": text}).json()
    with_others = post(
        "triage",
        {"text": text, "context": {"failing_alike": {"accounts": 40, "failures": 900, "minutes": 60}}},
    ).json()

    assert alone["verdict"] != with_others["verdict"] or alone["confidence"] < with_others["confidence"]
    assert with_others["verdict"] == "provider_incident"


def test_a_ticket_is_opened_with_its_follow_up_page(post, client):
    answer = post("tickets", {"text": WRONG_BASE_URL, "email": "dev@client.invalid", "account": "Quillworks"})

    opened = answer.json()
    assert answer.status_code == 201
    assert opened["diagnosis"]["verdict"] == "config_mistake"
    page = client.get(opened["follow_up_url"].removeprefix("http://127.0.0.1:8000"))
    assert "Invalid URL" in page.content.decode()


def test_the_same_idempotency_key_opens_one_ticket(post):
    body = {"text": VAGUE, "email": "dev@client.invalid", "idempotency_key": "run-1"}

    first, second = post("tickets", body), post("tickets", body)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["number"] == second.json()["number"]
    assert Ticket.objects.count() == 1


def test_given_evidence_is_typed_and_judged(post):
    answer = post(
        "tickets",
        {
            "text": "It fails since noon.",
            "email": "dev@client.invalid",
            "evidence": {"error_code": "insufficient_user_quota", "http_status": 403, "charged": False},
        },
    )

    opened = answer.json()
    assert opened["diagnosis"]["cause"] == "quota.balance"
    assert Ticket.objects.get().current_evidence()["http_status"].value == 403


def test_a_next_word_to_a_merged_number_reaches_the_survivor(post):
    body = {"text": VAGUE, "email": "dev@client.invalid"}
    first, second = (post("tickets", body).json()["number"] for _ in range(2))
    merge([Ticket.objects.get(pk=second)], into=Ticket.objects.get(pk=first), by=make_agent())

    answer = post(f"tickets/{second}/messages", {"text": WRONG_BASE_URL})

    assert (answer.status_code, answer.json()["number"]) == (201, first)
    assert answer.json()["diagnosis"]["cause"] == "endpoint.base_url"


def test_a_token_writes_only_to_tickets_that_it_opened(post):
    answer = post(f"tickets/{make_ticket().number}/messages", {"text": "let me in"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_keys_do_not_come_back(post):
    answer = post("triage", {"text": f"Authorization: Bearer {fake_key()}\n{WRONG_BASE_URL}"})

    assert fake_key()[5:40] not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "body", "token", "status", "code"),
    [
        ("triage", {"text": "x"}, "", 401, "unauthorized"),
        ("triage", {"text": "x"}, "tdk_wrong", 401, "unauthorized"),
        ("triage", {}, None, 422, "invalid"),
        ("triage", {"text": ""}, None, 422, "invalid"),
        ("triage", {"text": 7}, None, 422, "invalid"),
        ("triage", "{no json", None, 400, "bad_request"),
        ("triage", b"\xff\xfe", None, 400, "bad_request"),
        ("tickets", {"text": "x", "email": "nowhere"}, None, 422, "invalid"),
        ("tickets", {"text": "x", "email": "a@b.co", "evidence": {"colour": "red"}}, None, 422, "invalid"),
        (
            "tickets",
            {"text": "x", "email": "a@b.co", "evidence": {"http_status": "many"}},
            None,
            422,
            "invalid",
        ),
    ],
)
def test_every_refusal_has_the_same_shape(post, path, body, token, status, code):
    answer = post(path, body) if token is None else post(path, body, token=token)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"].endswith(".")


def test_a_token_opens_only_its_own_doors(client):
    _, secret = create_token(name="judge only", scopes=["triage:read"])

    answer = client.post(
        "/api/v1/tickets",
        {"text": "x", "email": "a@b.co"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")


def test_an_unknown_address_answers_in_the_same_shape(client):
    answer = client.get("/api/v1/nothing")

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_the_api_describes_itself(client):
    described = client.get("/api/v1/openapi.json").json()

    assert set(described["paths"]) == {
        "/api/v1/triage",
        "/api/v1/tickets",
        "/api/v1/tickets/{number}/messages",
        "/api/v1/failures",
        "/api/v1/charges",
        "/api/v1/incidents",
    }
    assert set(described["paths"]["/api/v1/tickets"]["post"]["responses"]) >= {
        "200",
        "201",
        "401",
        "403",
        "422",
    }


def test_the_answer_is_the_verdict_that_is_stored(post):
    body = {"text": '429 {"error":{"message":"Too many requests","type":"too_many_requests"}}'}
    for number in range(8):
        answer = post("tickets", {**body, "email": f"dev{number}@client.invalid"}).json()

    ticket = Ticket.objects.get(pk=answer["number"])
    assert (answer["diagnosis"]["cause"], answer["diagnosis"]["confidence"]) == (
        ticket.cause,
        ticket.confidence,
    )


def test_an_idempotency_key_counts_for_its_token_only(post):
    _, other = create_token(name="another", scopes=["tickets:write"])
    body = {"text": VAGUE, "email": "dev@client.invalid", "idempotency_key": "run-1"}

    first, second = post("tickets", body), post("tickets", body, token=other)

    assert first.json()["number"] != second.json()["number"]
