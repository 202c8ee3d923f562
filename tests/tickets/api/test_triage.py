"""Judging over HTTP with the operator's list of models beside the text."""

import json

import pytest

from tests.factories import make_admin
from tickets.models import GatewayModel
from tickets.services.gateway_model import save_model
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db
NO_CHANNEL = (
    '{"error":{"code":"model_not_found",'
    '"message":"分组 default 下模型 demo-large 无可用渠道"},"model":"demo-large"}'
)


def rules_of(client, context=None):
    _, secret = create_token(name="gateway", scopes=["triage:read"])
    answer = client.post(
        "/api/v1/triage",
        json.dumps({"text": NO_CHANNEL, **({"context": context} if context else {})}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    return (answer.json()["cause"], answer.json()["rules"])


def test_the_operators_list_is_read_like_a_context_that_was_sent(client):
    sent = rules_of(client, {"models": ["demo-mini"]})
    without = rules_of(client)
    save_model(GatewayModel(name="demo-mini"), by=make_admin())

    assert rules_of(client) == sent != without


def test_what_the_caller_sends_outranks_the_list(client):
    sent = rules_of(client, {"models": ["demo-large"]})
    save_model(GatewayModel(name="demo-mini"), by=make_admin())

    assert rules_of(client, {"models": ["demo-large"]}) == sent
