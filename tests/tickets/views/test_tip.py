"""Advice of the doctors on the verdict card, the public answer and the customer's page."""

import html
from decimal import Decimal

import pytest

from tests.factories import make_admin, make_agent, make_billing, make_ticket
from tickets.models import GatewayModel
from tickets.services.gateway_model import save_model
from tickets.services.verdict import confirm, overrule
from tickets.views.tip import tips_of

pytestmark = pytest.mark.django_db
REQUEST = """Every call fails since noon:
curl http://api.gateway.invalid/v1/chat/completions \\
 -d '{"model":"gpt4o","temperature":3,"messages":[{"role":"user","content":"my own words"}]}'
HTTP/1.1 404 Not Found
{"error":{"message":"The model `gpt4o` does not exist","code":"model_not_found"}}"""
TASK = '{"task_id":"task_abc123def456","status":"processing"} the video is not there after an hour'
PACE = "HTTP/1.1 429 Too Many Requests\nretry-after: 20\n\nRate limit reached"
FAILED = '{"model":"gpt-4o"} HTTP/1.1 502 Bad Gateway {"usage":{"prompt_tokens":400000}}'
CUT = "stream disconnected before completion: stream closed before response.completed"


@pytest.fixture
def listed(db):
    save_model(GatewayModel(name="gpt-4o", price=Decimal("2.5"), output_price=Decimal(10)), by=make_admin())


def on_the_card(client, text):
    client.force_login(make_agent())
    return html.unescape(client.get(f"/tickets/{make_ticket(text).number}/").content.decode())


def in_the_answer(client, text):
    return html.unescape(client.post("/report/", {"text": text}).content.decode())


def to_the_customer(client, text):
    return html.unescape(client.get(f"/t/{make_ticket(text).follow_up_token}/").content.decode())


@pytest.mark.parametrize("place", [on_the_card, in_the_answer, to_the_customer])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (REQUEST, ["<code class=\"code\">gpt-4o</code>", "temperature must lie between 0 and 2.", "/tools/request/"]),
        (TASK, ["<strong>Task</strong>", "Submitted", "Finished: not seen"]),
        (PACE, ["Wait 20 seconds before the next try.", "/tools/pacing/?wait=20"]),
        (FAILED, ["<strong>Cost</strong>", "At most 1 USD for failed attempts"]),
        (CUT, ["<strong>Stream</strong>"]),
    ],
    ids=["request", "task", "pace", "cost", "stream"],
)  # fmt: skip
def test_the_doctors_speak_on_every_page(client, listed, place, text, words):
    shown = place(client, text)

    assert [each for each in words if each not in shown] == []


def test_a_confirmed_verdict_keeps_its_advice_and_an_overruled_one_loses_it(client):
    agent = make_agent()
    right, wrong = make_ticket(PACE), make_ticket(PACE)
    confirm(right, by=agent)
    overrule(wrong, by=agent, cause="key.expired", reason="The key ended today.")

    told = [client.get(f"/t/{ticket.follow_up_token}/").content.decode() for ticket in (right, wrong)]

    assert ["Wait 20 seconds" in page for page in told] == [True, False]


def test_billing_reads_no_advice_on_the_request(client):
    ticket = make_ticket(REQUEST)
    client.force_login(make_billing())

    assert "temperature" not in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_a_trace_that_was_kept_before_there_were_points_is_read():
    old = {
        "doctor": "stream",
        "words": {"en": "Cut.", "zh": "断了。"},
        "line": "",
        "retry": False,
        "wait": None,
    }

    (tip,) = tips_of({"advice": [old]}, "zh-hans")

    assert (tip.words, tip.points, tip.tool) == ("断了。", (), "")
