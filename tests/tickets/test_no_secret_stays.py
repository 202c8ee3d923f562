"""A key typed into any field of the desk or the API is stored nowhere: every table is searched for it."""

import json

import pytest
from django.apps import apps
from django.core import serializers

from tests.factories import VAGUE, fake_key, make_agent, make_ticket
from tickets.services.escalation import escalate
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db
KEY = fake_key("Zz91")
WORDS = f"it says {KEY} in the log"


def stored() -> str:
    rows = (
        row for model in apps.get_app_config("tickets").get_models() for row in model._default_manager.all()
    )
    return serializers.serialize("json", rows)


DESK = {
    "evidence": ("evidence/model/", {"value": WORDS}),
    "raw error": ("evidence/raw_error/", {"value": WORDS}),
    "overrule": ("verdict/", {"cause": "client.proxy_tls", "reason": WORDS}),
    "note": ("messages/", {"kind": "note", "body": WORDS}),
    "reply": ("messages/", {"kind": "reply", "body": WORDS}),
    "escalation": ("escalation/", {"reason": WORDS}),
    "outcome": (
        "outcome/",
        {"cause": "unknown", "plain": WORDS, "charged": "no", "retried": "no", "result": "explained"},
    ),
}


@pytest.mark.parametrize("form", DESK)
def test_a_key_typed_at_the_desk_is_not_stored(client, form):
    ticket = make_ticket(VAGUE)
    client.force_login(make_agent())
    path, fields = DESK[form]

    client.post(f"/tickets/{ticket.number}/{path}", fields)

    assert KEY[6:40].lower() not in stored().lower()


def test_a_key_on_a_hand_off_card_is_not_stored(client):
    ticket, agent = make_ticket(VAGUE), make_agent()
    escalate(ticket, by=agent, reason="look")
    client.force_login(agent)

    client.post(
        f"/tickets/{ticket.number}/escalation/card/",
        {"symptom": WORDS, "current_state": WORDS, "reproduction": WORDS, "mitigation": WORDS},
    )

    assert ticket.escalations.get().mitigation
    assert KEY[6:40].lower() not in stored().lower()


def test_a_key_in_a_new_ticket_is_not_stored(client):
    client.force_login(make_agent())

    client.post("/tickets/new/", {"text": WORDS, "email": "d@client.invalid", "name": KEY, "subject": WORDS})

    assert KEY[6:40].lower() not in stored().lower()


def test_a_key_from_a_customer_is_not_stored(client):
    ticket = make_ticket(VAGUE)
    client.post(f"/t/{ticket.follow_up_token}/messages/", {"text": WORDS})
    client.post(
        "/report/",
        {"text": WORDS, "email": "d@client.invalid", "name": KEY, "told_model": KEY, "told_account": WORDS},
    )

    assert KEY[6:40].lower() not in stored().lower()


def test_a_key_in_any_field_of_the_api_is_not_stored(client):
    _, secret = create_token(name="gateway", scopes=["tickets:write"])
    body = {
        "text": WORDS,
        "email": "d@client.invalid",
        "account": WORDS,
        "evidence": {"model": KEY, "key_owner": WORDS, "error_code": KEY},
        "idempotency_key": KEY,
    }

    answer = client.post(
        "/api/v1/tickets",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )

    assert answer.status_code == 201
    assert KEY[6:40].lower() not in stored().lower()
