import pytest

from tests.factories import VAGUE, make_ticket
from tickets.models import CannedReply, EvidenceRequest, EvidenceValue, Ticket
from tickets.services import catalogue
from tickets.services.checks import objections_to
from tickets.services.evidence_request import ask_for, request_text, still_asked
from tickets.services.message import receive
from triage.engine.evidence import FIELDS

pytestmark = pytest.mark.django_db
ASKED = [field.name for field in FIELDS.values() if field.asked]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("field", ASKED)
def test_no_question_says_what_must_not_be_said(language, field):
    ticket = make_ticket(VAGUE, language=language)

    assert objections_to(ticket, request_text(ticket, [field])) == ()


@pytest.mark.parametrize(("language", "words"), [("en", "Which model name"), ("zh-hans", "模型名称")])
def test_it_asks_in_the_customers_language(language, words):
    assert words in request_text(make_ticket(VAGUE, language=language), ["model"])


def test_it_goes_out_like_every_answer_and_the_ticket_waits(agent):
    catalogue.load()
    ticket = make_ticket(VAGUE)

    request = ask_for(ticket, ["model", "http_status"], by=agent)

    assert request.message.kind == "reply"
    assert request.message.canned_reply.slug == "needs-evidence"
    assert ticket.status == Ticket.Status.WAITING
    assert [event.kind for event in ticket.events.all()][-2:] == ["replied", "asked"]
    assert ticket.events.last().data == {"fields": ["model", "http_status"]}


def test_asked_twice_at_once_it_goes_out_once(agent):
    ticket = make_ticket(VAGUE)

    assert ask_for(ticket, ["model"], by=agent) == ask_for(ticket, ["model"], by=agent)
    assert EvidenceRequest.objects.count() == 1


def test_the_operators_own_wording_is_used(agent):
    catalogue.load()
    reply = CannedReply.objects.get(slug="needs-evidence")
    reply.texts.filter(language="en").update(body="Kindly tell us:\n{missing}")
    ticket = make_ticket(VAGUE)

    assert request_text(ticket, ["model"]).startswith("Kindly tell us:")


@pytest.mark.parametrize("body", ["Tell us {task_id}: {missing}", "Tell us everything."])
def test_wording_that_cannot_ask_is_not_used(body):
    catalogue.load()
    CannedReply.objects.get(slug="needs-evidence").texts.filter(language="en").update(body=body)

    assert "These facts will settle it" in request_text(make_ticket(VAGUE), ["model"])


def test_what_was_told_is_asked_no_more(agent):
    ticket = make_ticket(VAGUE)
    assert still_asked(ticket) == []
    agent.undo_seconds = 0
    ask_for(ticket, ["model", "http_status", "charged"], by=agent)

    receive(ticket, text="Model: gpt-4o", source=Ticket.Source.FORM, told={"charged": False})

    assert still_asked(ticket) == ["http_status"]
    assert ticket.current_evidence()["charged"].origin == EvidenceValue.Origin.CUSTOMER
