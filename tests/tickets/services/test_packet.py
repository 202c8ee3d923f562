import json

import pytest

from tests.factories import WRONG_BASE_URL, fake_key, make_agent, make_ticket
from tickets.models import Account, Customer, Person, Role
from tickets.services.escalation import escalate
from tickets.services.packet import packet_of
from tickets.services.provider_text import provider_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def escalation():
    account = Account.objects.create(name="Quillworks")
    Customer.objects.create(email="tomas@quillworks.invalid", name="Tomas Berg", account=account)
    text = (
        f"Tomas Berg here of Quillworks, tomas@quillworks.invalid, key {fake_key('Zq77')}\n{WRONG_BASE_URL}\n"
        "request id: req_9f8e7d6c5b4a3210"
    )
    ticket = make_ticket(text, email="tomas@quillworks.invalid", told={"account": "Quillworks"})
    return escalate(ticket, by=make_agent(), reason="It is new to us.")


def test_the_packet_holds_evidence_error_and_rule_trace(escalation):
    make_ticket()
    packet = json.loads(json.dumps(packet_of(escalation, reader=Person(role=Role.ADMIN))))

    assert packet["evidence"]["http_status"]["value"] == 404
    assert packet["error"]["normalised"]
    assert packet["rules"]["fired"][0]["reasons"]
    assert packet["similar"][0]["same_error"]
    assert packet["handoff"]["reason"] == "It is new to us."
    assert packet["chain"]["length"] == escalation.ticket.chain_length


def test_no_key_is_in_the_packet(escalation):
    assert fake_key("Zq77")[5:40] not in json.dumps(packet_of(escalation, reader=Person(role=Role.ADMIN)))


def test_a_provider_is_told_of_the_request_and_not_of_the_customer(escalation):
    escalation.symptom = "Tomas Berg of Quillworks (tomas@quillworks.invalid) gets 404"
    text = provider_text(escalation, language="en")

    assert "404" in text
    assert "req_9f8e7d6c5b4a3210" in text
    assert [word in text for word in ("Tomas", "Quillworks", "quillworks.invalid")] == [False] * 3
    assert "[customer]" in text


def test_a_chinese_name_amid_chinese_words_is_left_out(escalation):
    escalation.ticket.account = Account.objects.create(name="星河影视")
    escalation.symptom = "今天星河影视的请求全部返回 404"

    assert "今天[customer]的请求" in provider_text(escalation, language="en")


def test_the_text_follows_the_asked_language(escalation):
    assert "状态码: 404" in provider_text(escalation, language="zh-hans")
