"""Files at every door of the desk, before a real ClamAV that knows two harmless texts."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.factories import VAGUE, make_admin, make_ticket
from tests.imap_server import running_imap_server
from tests.mails import a_mail, a_part, parts
from tests.own_clamd import EICAR, MARK, MOST_MEGABYTES, OwnClamd, find_clamd, own_clamd
from tests.tickets.management.commands.test_run import free_port
from tests.tickets.services.pictures.test_pictures import png, png_chunk
from tickets.models import Attachment, InboundMail, Mailbox, Person, Ticket
from tickets.services import outbox
from tickets.services.inbound_mail import receive_mail, try_again
from tickets.services.mail.scanning import ScannerAway
from tickets.tasks import KINDS, make_rounds

pytestmark = [pytest.mark.own_clamd, pytest.mark.django_db]

HARMFUL = "found something harmful in it"
LATER = "could not be checked for viruses just now"
TEXT_TOO_LARGE_FOR_IT = b"line\n" * ((MOST_MEGABYTES * 1024**2 + 300_000) // 5)


@pytest.fixture(scope="module")
def clamd() -> Iterator[OwnClamd]:
    try:
        find_clamd()
    except LookupError as reason:
        pytest.skip(str(reason))
    with own_clamd(free_port()) as running:
        yield running


@pytest.fixture(autouse=True)
def scanner(clamd: OwnClamd, settings: Any, tmp_path: Any) -> None:
    settings.SCANNER = clamd.on_port
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def stopped(clamd: OwnClamd) -> Iterator[OwnClamd]:
    clamd.stop()
    yield clamd
    clamd.stop()
    clamd.start()


def follow_up(client: Client, ticket: Ticket, name: str, data: bytes) -> tuple[int, str]:
    answer = client.post(
        f"/t/{ticket.follow_up_token}/messages/",
        {"text": "My careful words.", "uploads": [SimpleUploadedFile(name, data)]},
    )
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("way", ["on_port", "on_socket"])
def test_what_is_clean_is_taken_and_what_is_marked_is_not(
    client: Client, clamd: OwnClamd, settings: Any, way: str
):
    settings.SCANNER = getattr(clamd, way)
    ticket = make_ticket(VAGUE)

    assert follow_up(client, ticket, "clean.log", b"HTTP/1.1 429")[0] == 302
    status, shown = follow_up(client, ticket, "marked.log", b"one line\n" + MARK)

    assert status == 422
    assert f"marked.log cannot be taken: the virus scanner {HARMFUL}" in shown
    assert "My careful words." in shown
    assert [each.name for each in Attachment.objects.all()] == ["clean.log"]


@pytest.mark.parametrize(
    ("name", "data"), [("trial.txt", EICAR), ("shot.png", png(png_chunk(b"tEXt", b"Comment\0" + MARK)))]
)
def test_the_usual_trial_and_a_picture_are_seen_as_they_came(client: Client, name: str, data: bytes):
    status, shown = follow_up(client, make_ticket(VAGUE), name, data)

    assert (status, HARMFUL in shown) == (422, True)


def test_both_steps_of_a_report_refuse_and_keep_the_text(client: Client):
    marked = {"text": "My careful words.", "uploads": [SimpleUploadedFile("a.log", MARK)]}
    first = client.post("/report/", marked)
    marked["uploads"] = [SimpleUploadedFile("a.log", MARK)]
    second = client.post("/report/", {**marked, "email": "dev@client.invalid"})

    for answer in (first, second):
        shown = answer.content.decode()
        assert (answer.status_code, HARMFUL in shown, "My careful words." in shown) == (422, True, True)
    assert not Ticket.objects.exists()


def test_the_desk_is_refused_alike(client: Client, agent: Person):
    client.force_login(agent)
    ticket = make_ticket(VAGUE)
    sent = {"kind": "reply", "body": "My careful words.", "text": "My careful words."}

    for address in ("evidence", "messages"):
        given = {**sent, "uploads": [SimpleUploadedFile("a.log", MARK)]}
        answer = client.post(f"/tickets/{ticket.number}/{address}/", given)
        shown = answer.content.decode()
        assert (answer.status_code, HARMFUL in shown, "My careful words." in shown) == (422, True, True)
    assert not Attachment.objects.exists()


def test_it_is_said_in_chinese(client: Client):
    client.cookies["django_language"] = "zh-hans"

    assert "病毒扫描发现" in follow_up(client, make_ticket(VAGUE), "a.log", MARK)[1]


def test_while_the_scanner_is_stopped_files_are_refused_and_words_are_not(client: Client, stopped: OwnClamd):
    ticket = make_ticket(VAGUE)

    status, shown = follow_up(client, ticket, "clean.log", b"HTTP/1.1 429")
    assert (status, LATER in shown, "My careful words." in shown) == (422, True, True)
    assert client.get("/healthz").json()["scanner"] == "away"
    words = client.post(f"/t/{ticket.follow_up_token}/messages/", {"text": "Words alone."})
    assert words.status_code == 302

    stopped.start()
    assert follow_up(client, ticket, "clean.log", b"HTTP/1.1 429")[0] == 302
    assert client.get("/healthz").json()["scanner"] == "ok"


def test_what_is_too_large_for_the_scanner_is_not_taken_unseen(client: Client):
    status, shown = follow_up(client, make_ticket(VAGUE), "long.log", TEXT_TOO_LARGE_FOR_IT)

    assert (status, LATER in shown) == (422, True)
    assert not Attachment.objects.exists()


def log_of(data: bytes, name: str = "a.log") -> bytes:
    return a_part(data, "text/plain", f"Content-Disposition: attachment; filename={name}")


def test_of_a_mail_the_harmful_file_is_named_and_the_rest_is_taken():
    raw = parts(a_part("see the logs"), log_of(MARK, "bad.log"), log_of(b"HTTP/1.1 429", "good.log"))

    row = receive_mail(raw, way=InboundMail.Way.PIPE)

    assert row.state == "ticketed"
    assert "--- good.log ---" in row.message.body
    assert MARK.decode() not in row.message.body + row.source
    (event,) = row.ticket.events.filter(kind="mail_left_out")
    assert event.data["names"] == "bad.log (virus scanner: Desk.Test.Mark.UNOFFICIAL)"


def test_a_text_beyond_those_that_are_looked_at_does_not_move_up():
    bad = [log_of(MARK + b"%d" % number, f"{number}.log") for number in range(11)]

    row = receive_mail(parts(a_part("see the logs"), *bad), way=InboundMail.Way.PIPE)

    assert MARK.decode() not in row.message.body + row.source


def test_a_file_that_the_scanner_at_work_has_no_answer_for_holds_up_no_mail():
    raw = parts(a_part("see the log"), log_of(TEXT_TOO_LARGE_FOR_IT, "long.log"), log_of(b"HTTP/1.1 429"))

    row = receive_mail(raw, way=InboundMail.Way.PIPE)

    (event,) = row.ticket.events.filter(kind="mail_left_out")
    why = "the virus scanner could not check it"
    assert event.data["names"] == f"long.log ({why}), a.log ({why})"
    assert "line\nline" not in row.message.body + row.source


def test_while_the_scanner_is_stopped_mail_with_files_waits_and_other_mail_does_not(stopped: OwnClamd):
    with_file = parts(a_part("see the log"), log_of(b"HTTP/1.1 429"))

    with pytest.raises(ScannerAway):
        receive_mail(with_file, way=InboundMail.Way.PIPE)
    assert receive_mail(a_mail("no file"), way=InboundMail.Way.PIPE).state == "ticketed"

    stopped.start()
    assert "--- a.log ---" in receive_mail(with_file, way=InboundMail.Way.PIPE).message.body


def ignored_with(settings: Any, data: bytes) -> InboundMail:
    """A mail of a list, received while no scanner was named."""
    scanner, settings.SCANNER = settings.SCANNER, None
    row = receive_mail(
        parts(a_part("see the log"), log_of(data), precedence="list"), way=InboundMail.Way.PIPE
    )
    settings.SCANNER = scanner
    assert row.state == "ignored"
    return row


def test_a_mail_that_a_person_takes_in_is_looked_at_again(settings: Any):
    row = try_again(ignored_with(settings, MARK), by=make_admin())

    assert row.state == "ticketed"
    assert MARK.decode() not in row.message.body
    assert row.ticket.events.filter(kind="mail_left_out").exists()


def test_a_mail_that_cannot_be_looked_at_now_stays_as_it_is(settings: Any, client: Client, stopped: OwnClamd):
    row = ignored_with(settings, b"HTTP/1.1 429")
    client.force_login(make_admin())

    answer = client.post(f"/curation/mail/{row.pk}/trying/", follow=True)

    assert "The virus scanner does not answer." in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("ignored", None)


@pytest.mark.django_db(transaction=True)
def test_a_mailbox_keeps_what_cannot_be_looked_at_and_says_why(settings: Any, stopped: OwnClamd):
    def fetch() -> Mailbox:
        Mailbox.objects.update(due_at=timezone.now())
        make_rounds()
        outbox.drain(KINDS)
        return Mailbox.objects.get()

    with running_imap_server() as server:
        settings.MAILBOX = server.mailbox()
        server.deliver(parts(a_part("see the log"), log_of(b"HTTP/1.1 429")))

        box = fetch()
        assert (box.failures, server.flags(), InboundMail.objects.count()) == (1, [set()], 0)
        assert "virus scanner does not answer" in box.error

        stopped.start()
        box = fetch()
        assert (box.failures, server.flags()) == (0, [{"\\Seen"}])
        assert "--- a.log ---" in InboundMail.objects.get().message.body
