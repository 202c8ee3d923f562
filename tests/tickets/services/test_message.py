import pytest

from tests.factories import fake_key, make_agent, make_ticket
from tickets.models import CannedReply, Job, Message, Ticket
from tickets.services.catalogue import load
from tickets.services.message import HeldBack, add_note, receive, send_reply
from tickets.services.outcome import resolve
from tickets.services.reply import suggested_replies

pytestmark = pytest.mark.django_db


def test_a_reply_waits_for_the_customer_and_is_mailed():
    ticket = make_ticket()

    message = send_reply(ticket, by=make_agent(), body="Please remove the second /v1 from your base URL.")

    assert (ticket.status, ticket.is_unanswered) == (Ticket.Status.WAITING, False)
    assert Job.objects.get().args == [message.pk]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Please send us your API key so that we can test it.", "asks_for_key"),
        ("Your queued task will be finished in 10 minutes.", "promises_time"),
        ("Please switch to another channel for now.", "names_route"),
        ("Hello {customer}, your model {model} is fine.", "unfilled"),
        (f"Use {fake_key()} instead.", "secret"),
    ],
)
def test_what_must_not_be_said_is_held_back(body, code):
    ticket = make_ticket()

    with pytest.raises(HeldBack) as held:
        send_reply(ticket, by=make_agent(), body=body)

    assert len(held.value.objections) >= 1
    assert not Message.objects.exclude(kind="customer").exists()
    assert not Job.objects.exists()


def test_a_note_stays_inside_and_masks_secrets():
    ticket = make_ticket()

    note = add_note(ticket, by=make_agent(), body=f"their key is {fake_key()}")

    assert not note.is_public
    assert fake_key() not in note.body
    assert ticket.status == Ticket.Status.OPEN


def test_writing_back_opens_a_resolved_ticket_again():
    ticket = make_ticket()
    resolve(
        ticket, by=make_agent(), cause=ticket.cause, plain="Doubled path.", charged="no", retried="no",
        result="customer_fixed",
    )  # fmt: skip

    receive(ticket, text="It happens again.", source=Ticket.Source.FORM)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.resolved_at) == (Ticket.Status.OPEN, None)
    assert "reopened" in [event.kind for event in ticket.events.all()]


def test_new_evidence_in_a_message_is_judged():
    ticket = make_ticket("It does not work, please help.")

    receive(
        ticket,
        text='{"error":{"message":"用户额度不足","type":"new_api_error","code":"insufficient_user_quota"}}',
        source=Ticket.Source.FORM,
    )

    ticket.refresh_from_db()
    assert ticket.cause == "quota.balance"


def test_suggested_replies_speak_the_customers_language():
    load()
    english, chinese = make_ticket(), make_ticket(language="zh-hans")

    assert suggested_replies(english)[0].text.isascii() is not suggested_replies(chinese)[0].text.isascii()


def test_a_sent_canned_reply_is_counted():
    load()
    ticket = make_ticket()
    reply = CannedReply.objects.filter(cause=ticket.cause).first()

    words = reply.texts.get(language="en").body.replace("{", "").replace("}", "")
    send_reply(ticket, by=make_agent(undo_seconds=0), body=words, canned_reply=reply)

    reply.refresh_from_db()
    assert reply.times_sent == 1


def test_the_same_answer_twice_goes_out_once():
    ticket = make_ticket()

    first = send_reply(ticket, by=make_agent(), body="Take out the second /v1.")
    second = send_reply(ticket, by=make_agent(), body="Take out the second /v1. ")

    assert first == second
    assert Job.objects.count() == 1
