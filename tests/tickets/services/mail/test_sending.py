import smtplib
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories import make_agent, make_ticket
from tickets.models import Message, Ticket
from tickets.services import outbox
from tickets.services.mail import sending as mail
from tickets.services.message import send_reply
from tickets.services.outbox import TryAgain
from tickets.tasks import KINDS


def make_reply(ticket: Ticket) -> Message:
    return send_reply(ticket, by=make_agent(undo_seconds=0), body="Please use the address that ends in /v1.")


def test_a_reply_goes_to_the_customer_with_the_way_back(transactional_db: None, mailoutbox: Any):
    ticket = make_ticket(email="lin@client.invalid")
    reply = make_reply(ticket)
    outbox.drain(KINDS)

    (letter,) = mailoutbox
    assert letter.to == ["lin@client.invalid"]
    assert letter.subject.startswith(f"[#{ticket.number}] ")
    assert reply.body in letter.body
    assert f"/t/{ticket.follow_up_token}/" in letter.body
    reply.refresh_from_db()
    assert reply.mailed_at is not None


def test_a_reply_is_not_mailed_twice(transactional_db: None, mailoutbox: Any):
    reply = make_reply(make_ticket())
    outbox.drain(KINDS)
    mail.mail_reply(reply.pk, idempotency_key="again")

    assert len(mailoutbox) == 1


class Refusing(socketserver.StreamRequestHandler):
    """A mail server that answers everything with the code of its server."""

    def handle(self) -> None:
        self.wfile.write(b"%d no\r\n" % self.server.code)  # type: ignore[attr-defined]


@pytest.fixture
def refusing_server(request: pytest.FixtureRequest, settings: Any) -> Iterator[None]:
    with socketserver.TCPServer(("127.0.0.1", 0), Refusing) as server:
        server.code = request.param  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        yield
        server.shutdown()


@pytest.mark.parametrize("refusing_server", [421], indirect=True)
def test_a_mail_server_that_is_busy_is_tried_again(db: None, refusing_server: None):
    with pytest.raises(TryAgain, match="421"):
        mail.mail_reply(make_reply(make_ticket()).pk, idempotency_key="1")


@pytest.mark.parametrize("refusing_server", [554], indirect=True)
def test_a_mail_server_that_refuses_for_good_is_not(db: None, refusing_server: None):
    with pytest.raises(smtplib.SMTPResponseException):
        mail.mail_reply(make_reply(make_ticket()).pk, idempotency_key="1")


def test_a_mail_server_that_is_away_is_tried_again(db: None, settings: Any):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(TryAgain, match="cannot be reached"):
        mail.mail_reply(make_reply(make_ticket()).pk, idempotency_key="1")
