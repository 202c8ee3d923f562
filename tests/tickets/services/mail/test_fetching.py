from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.factories import fake_key
from tests.imap_server import ImapServer, running_imap_server
from tests.mails import a_mail
from tests.plumbing import kill_group, product_environment, program, wait_until
from tickets.models import InboundMail, Job, Mailbox, Ticket
from tickets.services import outbox
from tickets.services.mail import fetching as mail_fetching
from tickets.services.mail.fetching import ask_when_due
from tickets.tasks import KINDS, make_rounds


@pytest.fixture
def server(transactional_db: None, settings: Any) -> Iterator[ImapServer]:
    with running_imap_server() as server:
        settings.MAILBOX = server.mailbox()
        yield server


def fetch() -> Mailbox:
    """One round of a worker, as if the pause were over."""
    Mailbox.objects.update(due_at=timezone.now())
    make_rounds()
    outbox.drain(KINDS)
    return Mailbox.objects.get()


def test_new_mail_opens_tickets_and_stays_in_the_mailbox_as_read(server: ImapServer):
    server.deliver(a_mail("one"), a_mail("two"))

    box = fetch()

    assert list(InboundMail.objects.order_by("pk").values_list("state", "way")) == [("ticketed", "imap")] * 2
    assert server.flags() == [{"\\Seen"}, {"\\Seen"}]
    assert (box.failures, box.error, box.last_uid) == (0, "", 2)
    assert box.found_at is not None


def test_a_mailbox_that_is_connected_first_keeps_its_old_mail(server: ImapServer):
    server.deliver(a_mail("old and read"), flags="\\Seen")
    server.deliver(a_mail("old and unread"))

    fetch()

    assert [mail.message.body.splitlines()[-1] for mail in InboundMail.objects.all()] == ["old and unread"]


def test_mail_that_somebody_read_in_the_mailbox_is_not_missed(server: ImapServer):
    fetch()
    server.deliver(a_mail(), flags="\\Seen")

    fetch()

    assert Ticket.objects.count() == 1


def test_a_mail_is_fetched_once(server: ImapServer):
    server.deliver(a_mail())

    for _ in range(3):
        fetch()

    assert InboundMail.objects.get().deliveries == 1
    assert server.commands.count("FETCH") == 1


@pytest.mark.parametrize("can_move", [True, False])
def test_taken_in_mail_is_moved_where_that_is_asked(server: ImapServer, settings: Any, can_move: bool):
    server.can_move = can_move
    settings.MAILBOX = server.mailbox(move_to="Done by desk")
    server.deliver(a_mail("one"), flags="\\Seen")
    server.deliver(a_mail("two"))

    fetch()

    assert [len(server.folders[name]) for name in ("INBOX", "Done by desk")] == [0, 2]
    assert Ticket.objects.count() == 2


@pytest.mark.parametrize("step", ["STORE", "FETCH", "SEARCH"])
def test_a_line_that_breaks_loses_nothing_and_doubles_nothing(server: ImapServer, step: str):
    server.deliver(a_mail("one"), a_mail("two"))
    server.hang_up_at = step

    broken = fetch()
    mended = fetch()

    assert (broken.failures, mended.failures) == (1, 0)
    assert Ticket.objects.count() == 2
    assert server.flags() == [{"\\Seen"}, {"\\Seen"}]


def test_killed_between_storing_and_marking_it_counts_once(server: ImapServer):
    server.deliver(a_mail())
    server.stall_at = "STORE"
    host, port = server.server_address[:2]
    login = f"desk:{quote(server.password)}"
    env = product_environment(
        REDIS_URL="",
        IMAP_URL=f"imap://{login}@{host!s}:{port}/INBOX?tls=off",
        OUTBOX_SWEEP_SECONDS="1",
        OUTBOX_LEASE_SECONDS="2",
        MAIL_FETCH_SECONDS="1",
    )

    with program("manage.py", "work", env=env) as worker:
        wait_until(server.stalled.is_set, seconds=25)
        kill_group(worker)
    assert (Ticket.objects.count(), server.flags()) == (1, [set()])

    with program("manage.py", "work", env=env):
        wait_until(lambda: server.flags() == [{"\\Seen"}], seconds=25)
    assert Ticket.objects.count() == 1
    assert InboundMail.objects.get().deliveries == 2


def test_a_server_that_numbers_everything_anew_does_not_bring_everything_again(server: ImapServer):
    server.deliver(a_mail("one"))
    fetch()
    server.validity = 8
    server.folders["INBOX"][0].uid = 40
    server.next_uid = 41
    server.deliver(a_mail("two"))

    box = fetch()

    assert Ticket.objects.count() == 2
    assert (box.validity, box.last_uid) == (8, 41)


def test_a_failure_is_written_down_without_the_password_and_waits_longer_each_time(
    server: ImapServer, settings: Any
):
    settings.MAILBOX = server.mailbox()
    server.password = fake_key()  # changed there, not here

    pauses = []
    for _ in range(3):
        box = fetch()
        pauses.append(round((box.due_at - timezone.now()) / timedelta(minutes=1)))

    assert (box.failures, pauses) == (3, [1, 2, 4])
    assert "wrong name or password" in box.error
    assert "open sesame" not in box.error
    assert not Job.objects.failed().exists()


def test_a_server_that_is_away_is_told(transactional_db: None, settings: Any):
    with running_imap_server() as server:
        settings.MAILBOX = server.mailbox()
    server.server_close()

    box = fetch()

    assert "cannot be reached" in box.error


def test_the_database_going_away_keeps_the_mail_unread(server: ImapServer):
    server.deliver(a_mail())

    with connection.execute_wrapper(lost_at("tickets_inboundmail")):
        fetch()
    assert server.flags() == [set()]

    Job.objects.update(due_at=timezone.now())
    fetch()

    assert Ticket.objects.count() == 1


def lost_at(table: str) -> Any:
    """A connection to the database that is lost as soon as it is asked about this table."""

    def lost(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if table in sql:
            raise OperationalError("the connection was lost")
        return execute(sql, params, many, context)

    return lost


def test_it_is_asked_for_once_however_many_workers_make_rounds(server: ImapServer):
    assert [ask_when_due() for _ in range(3)] == [True, False, False]
    assert Job.objects.count() == 1


def test_without_a_mailbox_rounds_ask_nothing(db: None, django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        assert ask_when_due() is False


def test_what_does_not_fit_into_one_job_is_left_to_the_next(server: ImapServer, monkeypatch: Any):
    server.deliver(a_mail("one"))
    monkeypatch.setattr(mail_fetching, "AT_A_TIME", -1)
    box = fetch()
    assert (Ticket.objects.count(), box.due_at <= timezone.now()) == (0, True)
