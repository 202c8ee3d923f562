"""Files of a reply: chosen before it is sent, kept by whatever stops it, sent along, taken back with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories import fake_key, make_agent, make_ticket
from tests.tickets.services.pictures.test_pictures import png
from tickets.models import Attachment, Job, Message
from tickets.services import outbox
from tickets.services.chain import verify
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
ANSWER = "The trace is attached, please compare it with yours."


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ticket():
    return make_ticket()


def file(name="trace.log", text="GET /v1/models 200"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def choose(client, ticket, *files, kind="reply"):
    return client.post(
        f"/tickets/{ticket.number}/draft/files/",
        {"kind": kind, "uploads": files},
        headers={"HX-Request": "true"},
    ).content.decode()


def send(client, ticket, **fields):
    address = f"/tickets/{ticket.number}/messages/"
    return client.post(address, {"kind": "reply", "body": ANSWER, **fields}, follow=True)


def let_time_pass():
    Job.objects.filter(kind="release_reply").update(due_at=timezone.now())
    outbox.drain(KINDS)


def test_a_chosen_file_is_shown_and_nobody_outside_gets_it(client, agent, ticket):
    chosen = choose(client, ticket, file(text=f"Authorization: Bearer {fake_key()}"))

    attachment = Attachment.objects.get()
    assert "trace.log" in chosen
    assert "trace.log" in client.get(f"/tickets/{ticket.number}/").content.decode()
    with attachment.file.open() as content:
        assert fake_key() not in content.read().decode()
    assert client.get(f"/t/{ticket.follow_up_token}/files/{attachment.pk}/trace.log").status_code == 404


def test_it_goes_out_with_the_reply_to_page_and_mail(transactional_db, client, agent, ticket, mailoutbox):
    choose(client, ticket, file(), file("shot.png", png()))

    send(client, ticket)
    let_time_pass()

    reply = Message.objects.get(kind="reply")
    assert [each.name for each in reply.attachments.all()] == ["trace.log", "shot.png"]
    assert [name for name, *_ in mailoutbox[0].attachments] == ["trace.log", "shot.png"]
    assert "trace.log" in client.get(f"/t/{ticket.follow_up_token}/").content.decode()
    ticket.refresh_from_db()
    assert verify(ticket) is None


def test_speaking_of_an_attachment_is_doubted_only_without_one(client, agent, ticket):
    assert send(client, ticket).status_code == 422
    choose(client, ticket, file())

    assert send(client, ticket).status_code == 200


def test_what_stops_the_reply_keeps_its_files(client, agent, ticket):
    answer = send(client, ticket, body="Please send us your full API key.", uploads=[file()])

    assert answer.status_code == 422
    assert "trace.log" in answer.content.decode()
    assert Attachment.objects.get().draft_kind == "reply"


def test_taking_a_reply_back_brings_its_files_back(client, agent, ticket):
    choose(client, ticket, file())
    send(client, ticket)
    reply = Message.objects.get(kind="reply")

    client.post(f"/tickets/{ticket.number}/messages/{reply.pk}/recall/")

    attachment = Attachment.objects.get()
    assert (attachment.message, attachment.draft_kind) == (None, "reply")
    assert "trace.log" in client.get(f"/tickets/{ticket.number}/").content.decode()


def test_a_note_has_files_of_its_own(client, agent, ticket):
    choose(client, ticket, file("for-reply.log"))
    choose(client, ticket, file("for-note.log"), kind="note")

    send(client, ticket, kind="note", body="seen before")

    assert Attachment.objects.get(name="for-note.log").message == Message.objects.get(kind="note")
    assert Attachment.objects.get(name="for-reply.log").message is None
    assert "for-note.log" not in client.get(f"/t/{ticket.follow_up_token}/").content.decode()


def test_a_file_is_taken_off_by_who_chose_it_alone(client, agent, ticket):
    choose(client, ticket, file())
    pk = Attachment.objects.get().pk
    address = f"/tickets/{ticket.number}/draft/files/{pk}/deletion/"

    client.force_login(make_agent())
    assert client.post(address).status_code == 404
    client.force_login(agent)
    assert "trace.log" not in client.post(address, headers={"HX-Request": "true"}).content.decode()
    assert not Attachment.objects.exists()


def test_a_sent_file_is_not_taken_off(client, agent, ticket):
    choose(client, ticket, file())
    send(client, ticket)
    pk = Attachment.objects.get().pk

    assert client.post(f"/tickets/{ticket.number}/draft/files/{pk}/deletion/").status_code == 404


def test_too_many_and_unfit_files_are_refused_with_a_sentence(client, agent, ticket):
    choose(client, ticket, *(file(f"{at}.log") for at in range(4)))

    assert "At most 5 files" in choose(client, ticket, file("a.log"), file("b.log"))
    assert "cannot be taken" in choose(client, ticket, file("tool.exe", b"MZ\x00\x01"))
    assert Attachment.objects.count() == 4


def test_a_refused_file_leaves_those_that_stand_there_and_asks_for_none_again(client, agent, ticket):
    choose(client, ticket, file())

    shown = choose(client, ticket, file("song.mp3", b"ID3" + bytes(200)))

    assert "trace.log" in shown
    assert "None of the files just chosen was attached. Text and files that stood here are kept." in shown
    assert "choose the files again" not in shown
