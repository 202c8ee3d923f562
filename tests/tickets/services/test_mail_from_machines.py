"""What mail servers and programs send: it opens no ticket, and a letter that came back is told on its own."""

import pytest

from tests.factories import make_agent, make_ticket
from tests.mails import a_bounce, a_mail, answered, take_in
from tickets.models import Ticket
from tickets.services.clock import shown_clock
from tickets.services.mail.marks import message_id_of, reply_address_of
from tickets.services.message import send_reply
from tickets.services.service_level import set_up

pytestmark = pytest.mark.django_db
LIN = "lin@client.invalid"


@pytest.fixture(autouse=True)
def desk_address(settings):
    settings.INBOUND_ADDRESS = "desk@desk.invalid"


GUARDED = {
    "automatic": {"auto_submitted": "auto-replied"},
    "bulk": {"precedence": "Bulk"},
    "mailing_list": {"list_id": "<all.client.invalid>"},
    "no_return": {"return_path": "<>"},
    "no_answer": {"sender": "noreply@client.invalid"},
    "own_address": {"sender": "Desk <desk+7.abc@desk.invalid>"},
    "no_sender": {"sender": "nobody in particular"},
}


@pytest.mark.parametrize("reason", GUARDED)
def test_what_no_person_wrote_is_ignored_and_the_ledger_says_why(reason):
    row = take_in(a_mail(**GUARDED[reason]))

    assert (row.state, row.reason, row.ticket) == ("ignored", reason, None)
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("header", ["x_autoreply", "x_autorespond", "x_auto_reply"])
def test_automatic_answers_of_older_programs(header):
    assert take_in(a_mail(**{header: "yes"})).reason == "automatic"


def test_an_out_of_office_answer_to_our_letter_does_not_open_the_ticket_again():
    ticket = make_ticket(email=LIN)
    letter = answered(ticket)

    row = take_in(a_mail("I am away", auto_submitted="auto-replied", in_reply_to=message_id_of(letter.pk)))

    ticket.refresh_from_db()
    assert (row.state, row.ticket, ticket.status) == ("ignored", ticket, "waiting")


def test_a_no_in_auto_submitted_is_a_person():
    assert take_in(a_mail(auto_submitted="no")).state == "ticketed"


def test_our_own_letter_that_comes_back_is_ignored():
    letter = answered(make_ticket(email=LIN))

    assert take_in(a_mail(mail_id=message_id_of(letter.pk))).reason == "own_letter"


def test_two_machines_come_to_rest_at_the_senders_cap(settings):
    settings.MAIL_PER_SENDER = 3

    rows = [take_in(a_mail(f"number {number}")) for number in range(5)]

    assert [row.state for row in rows] == ["ticketed"] * 3 + ["ignored"] * 2
    assert rows[-1].reason == "sender_cap"


def test_many_senders_come_to_rest_at_the_tickets_cap(settings):
    settings.MAIL_PER_TICKET = 2
    ticket = make_ticket(email=LIN)
    to = reply_address_of(ticket.pk)

    rows = [
        take_in(a_mail(f"number {number}", sender=f"a{number}@client.invalid", to=to)) for number in range(3)
    ]

    assert [row.state for row in rows] == ["appended", "appended", "ignored"]
    assert rows[-1].reason == "ticket_cap"


def test_a_bounce_is_told_on_its_ticket_which_waits_on_us_again():
    ticket = make_ticket(email=LIN)
    letter = answered(ticket)

    row = take_in(a_bounce(message_id_of(letter.pk)))

    ticket.refresh_from_db()
    assert (row.state, row.message, row.ticket, ticket.status) == ("bounced", letter, ticket, "open")
    assert "user unknown" in row.detail
    assert ticket.events.filter(kind="answer_came_back").count() == 1
    assert ticket.messages.filter(kind="customer").count() == 1


def test_after_a_bounce_the_promise_to_solve_runs_on():
    set_up()
    ticket = make_ticket(email=LIN)
    letter = send_reply(ticket, by=make_agent(undo_seconds=0), body="Please use /v1.", status="waiting")
    ticket.refresh_from_db()
    assert shown_clock(ticket).due_at is None

    take_in(a_bounce(message_id_of(letter.pk)))

    ticket.refresh_from_db()
    assert ticket.due_for
    assert (shown_clock(ticket).kind, shown_clock(ticket).due_at) == (ticket.due_for, ticket.due_at)


def test_a_bounce_of_an_old_server_names_the_letter_in_its_words():
    letter = answered(make_ticket(email=LIN))
    text = f"Hi. This is the program at mx.\n\nMessage-Id: {message_id_of(letter.pk)}\n"

    row = take_in(a_mail(text, sender="mailer-daemon@mx.invalid", return_path="<>", subject="failure notice"))

    assert (row.state, row.message) == ("bounced", letter)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (a_bounce("<reply.1.aaaaaaaaaaaaaaaa@desk.invalid>"), "report"),
        (a_bounce("<x@y>", action="delayed"), "delayed"),
    ],
)
def test_other_reports_are_ignored(raw, reason):
    assert take_in(raw).reason == reason
