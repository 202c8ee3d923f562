import subprocess
import sys
from email import message_from_string, policy
from typing import Any

import pytest
from django.db import DataError, connection

from tests.factories import VAGUE, fake_key, make_admin, make_agent, make_customer, make_ticket
from tests.mails import a_mail, a_part, answered, parts, take_in
from tests.plumbing import TOP, product_environment
from tickets.models import Account, InboundMail, Message, Ticket
from tickets.services import outbox
from tickets.services.inbound_mail import try_again
from tickets.services.mail.marks import message_id_of, reply_address_of
from tickets.services.merge import merge
from tickets.services.message import receive, send_reply
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
LIN = "lin@client.invalid"
STRANGER = "Eve <eve@elsewhere.invalid>"


@pytest.fixture(autouse=True)
def desk_address(settings):
    settings.INBOUND_ADDRESS = "desk@desk.invalid"


def ticket_from(raw: bytes) -> Ticket:
    ticket = take_in(raw).ticket
    assert ticket is not None
    return ticket


def last_words(ticket: Ticket) -> str:
    return ticket.messages.filter(kind="customer").order_by("pk").last().body


def test_a_mail_opens_a_ticket_that_is_judged():
    row = take_in(
        a_mail(
            '{"error":{"message":"用户额度不足","code":"insufficient_user_quota"}}',
            subject="Re: [#9] 调用失败",
        )
    )

    ticket = Ticket.objects.get()
    assert (row.state, row.ticket, row.message) == ("ticketed", ticket, ticket.messages.get())
    assert (ticket.source, ticket.subject, ticket.cause) == ("mail", "调用失败", "quota.balance")
    assert (ticket.customer.email, ticket.customer.name, ticket.language) == (LIN, "Lin", "zh-hans")


def test_delivered_twice_it_counts_once():
    raw = a_mail()

    first, second = take_in(raw), take_in(b"Received: by another server\r\n" + raw)

    assert (first.pk, second.deliveries) == (second.pk, 2)
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 1)


def test_nobody_keeps_anothers_mail_out_by_using_its_id_first():
    take_in(a_mail(sender=STRANGER, mail_id="<same@client.invalid>"))
    row = take_in(a_mail(mail_id="<same@client.invalid>"))

    assert row.state == "ticketed"
    assert Ticket.objects.count() == 2


@pytest.mark.parametrize("header", ["in_reply_to", "references"])
def test_an_answer_to_our_letter_joins_its_ticket(header):
    ticket = make_ticket(email=LIN)
    letter = answered(ticket)

    row = take_in(a_mail("It works now.", **{header: f"<x@y> {message_id_of(letter.pk)}"}))

    assert (row.state, row.ticket) == ("appended", ticket)
    assert last_words(ticket) == "It works now."


@pytest.mark.parametrize("header", ["to", "cc", "delivered_to", "x_original_to"])
def test_the_signed_address_leads_to_its_ticket_wherever_it_stands(header):
    ticket = make_ticket(email=LIN)
    addressed = {"to": "someone@client.invalid", header: f"Desk <{reply_address_of(ticket.pk).upper()}>"}

    row = take_in(a_mail("By the way", **addressed))

    assert (row.state, row.ticket) == ("appended", ticket)


def test_the_number_in_the_subject_counts_for_the_customer_and_the_same_account():
    account = Account.objects.create(name="Client")
    make_customer(LIN, account=account)
    colleague = make_customer("wei@client.invalid", account=account)
    ticket = make_ticket(email=LIN)

    own = take_in(a_mail("More.", subject=f"AW: [#{ticket.pk}] All calls fail"))
    other = take_in(a_mail("Me too.", sender=colleague.email, subject=f"[#{ticket.pk}]"))

    assert [(row.state, row.ticket) for row in (own, other)] == [("appended", ticket)] * 2


def wrong_signature(ticket: Ticket) -> dict[str, str]:
    return {"to": reply_address_of(ticket.pk + 1).replace(f"+{ticket.pk + 1}.", f"+{ticket.pk}.")}


@pytest.mark.parametrize(
    "guess",
    [
        lambda ticket: {"subject": f"Re: [#{ticket.pk}] All calls fail"},
        lambda ticket: {"to": f"desk+{ticket.pk}.aaaaaaaaaaaaaaaa@desk.invalid"},
        wrong_signature,
        lambda ticket: {"in_reply_to": f"<reply.{ticket.messages.last().pk}.aaaaaaaaaaaaaaaa@desk.invalid>"},
        lambda ticket: {"in_reply_to": f"<mail_reply.{ticket.messages.last().pk}@127.0.0.1>"},
        lambda ticket: {"in_reply_to": "<first@client.invalid>"},
    ],
)
def test_an_outsider_who_guesses_gets_a_ticket_of_their_own(guess):
    ticket = ticket_from(a_mail(mail_id="<first@client.invalid>"))
    answered(ticket)
    before = ticket.messages.count()

    row = take_in(a_mail("let me in", sender=STRANGER, **guess(ticket)))

    assert (row.state, row.ticket == ticket) == ("ticketed", False)
    assert ticket.messages.count() == before
    assert f"#{ticket.pk}" not in row.ticket.subject


def test_who_has_the_letter_may_answer_and_is_named():
    ticket = make_ticket(email=LIN)

    take_in(a_mail("I am Lin's colleague.", sender=STRANGER, in_reply_to=message_id_of(answered(ticket).pk)))

    (event,) = ticket.events.filter(kind="written_by_other")
    assert event.data["sender"] == "eve@elsewhere.invalid"


def test_an_own_mail_before_ours_arrived_is_continued():
    first = take_in(a_mail(mail_id="<first@client.invalid>"))

    row = take_in(a_mail("One more thing.", references="<first@client.invalid>"))

    assert (row.state, row.ticket) == ("appended", first.ticket)


def test_mail_to_a_merged_number_reaches_the_survivor():
    survivor, merged = make_ticket(email=LIN), make_ticket(email=LIN)
    letter = answered(merged)
    merge([merged], into=survivor, by=make_agent())

    rows = [
        take_in(a_mail("by the letter", in_reply_to=message_id_of(letter.pk))),
        take_in(a_mail("by the address", to=reply_address_of(merged.pk))),
        take_in(a_mail("by the number", subject=f"Re: [#{merged.pk}]")),
    ]

    assert [(row.state, row.ticket) for row in rows] == [("appended", survivor)] * 3
    assert [m.body for m in survivor.messages.order_by("pk")][-3:] == [
        "by the letter",
        "by the address",
        "by the number",
    ]


def test_history_and_signature_stay_out_of_the_message_and_in_the_source():
    ticket = make_ticket(email=LIN)
    body = "Works.\n-- \nLin\n\nOn Fri, Desk <desk@desk.invalid> wrote:\n> Hello there"

    row = take_in(a_mail(body, to=reply_address_of(ticket.pk)))

    assert last_words(ticket) == "Works."
    assert "Hello there" in row.source


def test_a_new_ticket_keeps_the_history_it_came_with():
    row = take_in(a_mail("see below\n\nOn Fri, Shop <shop@provider.invalid> wrote:\n> 503 no capacity"))

    assert "503 no capacity" in row.message.body


def test_text_files_become_evidence_and_others_are_named_on_the_ticket():
    row = take_in(
        parts(
            a_part("see the log"),
            a_part(
                '{"error":{"message":"x","code":"insufficient_user_quota"}}',
                "application/octet-stream",
                'Content-Disposition: attachment; filename="a.log"',
            ),
            a_part(
                b"\x89PNG\r\n\x1a\n\x00", "image/png", "Content-Disposition: attachment; filename=shot.png"
            ),
        )
    )

    assert "--- a.log ---" in row.message.body
    assert row.ticket.cause == "quota.balance"
    (event,) = row.ticket.events.filter(kind="mail_left_out")
    assert event.data["names"] == "shot.png (image/png)"


def test_a_picture_without_a_word_is_not_lost():
    raw = parts(a_part(b"\x89PNG\r\n\x1a\n\x00", "image/png; name=shot.png"), subject="")

    row = take_in(raw)

    assert row.state == "ticketed"
    assert "shot.png" in row.message.body


def test_no_secret_stays_in_subject_source_or_message():
    key = fake_key("Zz91")
    raw = parts(
        a_part(f"Authorization: Bearer {key}"),
        a_part(key, "text/plain", f"Content-Disposition: attachment; filename={key}.txt"),
        subject=f"my key {key} fails",
        sender=f"{key} <{LIN}>",
        x_debug=key,
    )

    row = take_in(raw)

    kept = [
        row.subject,
        row.source,
        row.detail,
        row.message.body,
        row.ticket.subject,
        row.ticket.customer.name,
    ]
    assert not [text for text in kept if key[6:40].lower() in text.lower()]
    assert row.ticket.key.last_four == "Zz91"


def test_what_was_ignored_can_be_taken_in_by_a_person():
    admin = make_admin()
    row = take_in(a_mail("It fails: 余额不足", precedence="list", subject="帮助", charset="gb18030"))

    again = try_again(row, by=admin)

    assert (again.state, again.reason, again.decided_by) == ("ticketed", "", admin)
    assert again.message.body == "帮助\n\nIt fails: 余额不足"
    assert try_again(row, by=admin).ticket == again.ticket
    assert Ticket.objects.count() == 1


def test_the_source_is_a_mail_that_any_program_reads():
    row = take_in(parts(a_part("see the log"), a_part("x: 1", "text/plain; name=a.txt"), subject="余额"))

    kept = message_from_string(row.source, policy=policy.default)
    assert [part.get_content().strip() for part in kept.iter_parts()] == ["see the log", "x: 1"]


def test_what_breaks_on_the_way_is_a_row_that_can_be_tried_again():
    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "tickets_ticket"'):
            raise DataError("out of range")
        return execute(sql, params, many, context)

    raw = a_mail()
    with connection.execute_wrapper(refuse):
        row = take_in(raw)
    assert (row.state, row.detail, Ticket.objects.count()) == ("failed", "DataError: out of range", 0)

    assert take_in(raw).state == "ticketed"


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00" * 50, b"\xff\xfe" * 99, b"From: a@client.invalid\n\n\x00\x00 text", b"no header at all"],
)
def test_any_bytes_get_a_row(raw):
    take_in(raw)

    assert InboundMail.objects.count() == 1


def test_a_pipe_takes_mail_in_through_the_command(transactional_db: None):
    def piped(raw: bytes, **env: str) -> tuple[int, bytes]:
        done = subprocess.run(
            [sys.executable, "manage.py", "receive_mail"],
            input=raw,
            capture_output=True,
            cwd=TOP,
            env=product_environment(REDIS_URL="", **env),
        )
        return done.returncode, done.stdout.strip()

    raw = a_mail("It fails.")
    assert piped(raw)[0] == 0
    assert piped(raw) == (0, f"ticketed #{Ticket.objects.get().pk}".encode())
    assert piped(raw, DATABASE_URL="sqlite:////nowhere/at/all.sqlite3")[0] == 75
    with_file = parts(a_part("see the log"), a_part("429", "text/plain; name=a.log"))
    assert piped(with_file, TRIAGE_SCANNER="clamd://127.0.0.1:1")[0] == 75
    assert piped(b"")[0] == 65
    assert Ticket.objects.count() == 1


def test_the_letter_says_where_answers_go_and_what_it_answers(transactional_db: None, mailoutbox: Any):
    ticket = ticket_from(a_mail("It fails.", mail_id="<first@client.invalid>"))
    one = answered(ticket)
    outbox.drain(KINDS)
    two = send_reply(ticket, by=make_agent(undo_seconds=0), body="Does it work now?")
    outbox.drain(KINDS)

    letter = mailoutbox[-1]
    assert letter.message()["Reply-To"] == reply_address_of(ticket.pk)
    headers = letter.message()
    assert headers["Message-ID"] == message_id_of(two.pk)
    assert headers["In-Reply-To"] == message_id_of(one.pk)
    assert headers["References"].split() == ["<first@client.invalid>", message_id_of(one.pk)]
    assert letter.body.startswith("#~~ ")
    assert "you wrote:\n> All calls fail\n>\n> It fails." in letter.body


def test_an_answer_under_our_letter_is_only_its_own_words(transactional_db: None, mailoutbox: Any):
    ticket = ticket_from(a_mail("It fails."))
    letter = answered(ticket)
    outbox.drain(KINDS)
    flat = "Thanks, it works.\n\nDesk <desk@desk.invalid>:\n" + mailoutbox[0].body

    take_in(a_mail(flat, in_reply_to=message_id_of(letter.pk)))

    assert last_words(ticket) == "Thanks, it works."


def test_without_a_way_in_letters_are_as_they_were(transactional_db: None, mailoutbox: Any, settings: Any):
    settings.INBOUND_ADDRESS, settings.MAIL_QUOTE = "", False
    ticket = make_ticket(VAGUE)
    receive(ticket, text="still", source=Ticket.Source.FORM)
    reply = answered(ticket)
    outbox.drain(KINDS)

    assert mailoutbox[0].body.startswith(reply.body)
    assert "Reply-To" not in mailoutbox[0].message()
    assert "> still" not in mailoutbox[0].body
