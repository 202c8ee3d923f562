"""Files and pasted evidence: in by three doors, read, redacted, and out to whom they concern."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import VAGUE, fake_key, make_billing, make_ticket
from tests.tickets.services.pictures.test_pictures import SECRET, png, png_chunk
from tickets.models import Attachment, EvidenceValue, Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def file(name: str, data: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def har() -> str:
    call = {
        "startedDateTime": "2026-11-22T09:14:12.776Z",
        "request": {
            "method": "POST",
            "url": "https://api.gateway.invalid/v1/chat/completions",
            "headers": [{"name": "Authorization", "value": f"Bearer {fake_key()}"}],
            "postData": {"text": json.dumps({"model": "gpt-4o", "messages": []})},
        },
        "response": {
            "status": 403,
            "statusText": "Forbidden",
            "headers": [{"name": "x-request-id", "value": "20261122091412776"}],
            "content": {"text": '{"error":{"message":"no quota","code":"insufficient_user_quota"}}'},
        },
    }
    return json.dumps({"log": {"version": "1.2", "entries": [call]}})


def paste(client, ticket, text="", *files):
    return client.post(f"/tickets/{ticket.number}/evidence/", {"text": text, "uploads": files}, follow=True)


def test_pasted_text_is_read_and_says_what_was_found(client, agent):
    ticket = make_ticket(VAGUE)

    shown = paste(
        client, ticket, '{"error":{"message":"x","code":"insufficient_user_quota"}}'
    ).content.decode()

    ticket.refresh_from_db()
    value = ticket.current_evidence()["error_code"]
    assert (value.value, value.origin, value.by) == ("insufficient_user_quota", "pasted", agent)
    assert ticket.cause == "quota.balance"
    assert "Found: " in shown
    assert "insufficient_user_quota" in shown
    assert "evidence_pasted" in [event.kind for event in ticket.events.all()]


def test_what_a_person_pasted_outranks_what_the_customer_told(client, agent):
    ticket = make_ticket("HTTP/1.1 404 Not Found, model: qwen-max", told={"model": "qwen-max"})

    paste(client, ticket, "model: gpt-4o")

    assert ticket.current_evidence()["model"].value == "gpt-4o"


def test_a_har_export_is_read_and_only_kept_redacted(client, agent):
    ticket = make_ticket(VAGUE)

    paste(client, ticket, "", file("session.har", har()))

    ticket.refresh_from_db()
    known = {field: row.value for field, row in ticket.current_evidence().items()}
    assert (known["model"], known["http_status"], known["request_id"]) == ("gpt-4o", 403, "20261122091412776")
    assert ticket.key.last_four == "ab12"
    attachment = Attachment.objects.get()
    assert attachment.name == "session.har.txt"
    with attachment.file.open() as kept:
        assert b"Q7f3" not in kept.read()
    assert "Q7f3" not in Message.objects.get(kind="evidence").body


def test_a_picture_is_kept_without_metadata_and_shown(client, agent):
    ticket = make_ticket(VAGUE)

    shown = paste(client, ticket, "", file("shot.jpg", png(png_chunk(b"tEXt", SECRET)))).content.decode()

    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.media_type, attachment.size) == ("shot.png", "image/png", len(png()))
    assert f'src="/pictures/{attachment.pk}/shot.png"' in shown
    assert client.get(f"/pictures/{attachment.pk}/shot.png").getvalue() == png()


@pytest.mark.parametrize("address", ["files", "pictures"])
def test_a_file_is_never_run_nor_guessed(client, agent, address):
    paste(client, make_ticket(VAGUE), "", file("shot.png", png()))

    answer = client.get(f"/{address}/{Attachment.objects.get().pk}/shot.png")
    assert answer.getvalue()

    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    disposition = "attachment" if address == "files" else "inline"
    assert answer.headers["Content-Disposition"] == f'{disposition}; filename="shot.png"'


def test_a_text_is_no_picture(client, agent):
    paste(client, make_ticket(VAGUE), "", file("a.log", "HTTP/1.1 429"))

    assert client.get(f"/pictures/{Attachment.objects.get().pk}/a.log").status_code == 404


def test_billing_gets_no_file(client, agent):
    paste(client, make_ticket(VAGUE), "", file("shot.png", png()))
    client.force_login(make_billing())

    assert client.get(f"/files/{Attachment.objects.get().pk}/shot.png").status_code == 403


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg cannot be taken"),
        ("a.exe", "MZ", "a.exe cannot be taken"),
        ("a.log", bytes(range(32)) * 200, "a.log cannot be taken"),
        ("a.png", png()[:40], "a.png is damaged"),
        ("big.log", b"x" * (5 * 1024 * 1024 + 1), "big.log is larger than 5 MB"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_text_stays(client, name, data, why):
    ticket = make_ticket(VAGUE)

    answer = client.post(
        f"/t/{ticket.follow_up_token}/messages/", {"text": "My careful words.", "uploads": [file(name, data)]}
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert why in shown
    assert "My careful words." in shown
    assert not Attachment.objects.exists()


def test_six_files_are_too_many(client):
    ticket = make_ticket(VAGUE)
    files = [file(f"{number}.log", "429") for number in range(6)]

    answer = client.post(f"/t/{ticket.follow_up_token}/messages/", {"text": "Words.", "uploads": files})

    assert answer.status_code == 422
    assert "At most 5 files" in answer.content.decode()


def test_a_customers_files_are_read_and_shown_to_the_customer(client):
    ticket = make_ticket(VAGUE)
    error = '{"error":{"message":"x","code":"insufficient_user_quota"}}'

    client.post(
        f"/t/{ticket.follow_up_token}/messages/",
        {"text": "", "uploads": [file("error.log", error), file("shot.png", png())]},
    )

    ticket.refresh_from_db()
    assert ticket.cause == "quota.balance"
    assert ticket.current_evidence()["error_code"].origin == EvidenceValue.Origin.TEXT
    shown = client.get(f"/t/{ticket.follow_up_token}/").content.decode()
    for attachment in Attachment.objects.all():
        address = f"/t/{ticket.follow_up_token}/files/{attachment.pk}/{attachment.name}"
        assert address in shown
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.getvalue()


def test_a_customer_gets_no_file_that_the_desk_pasted_nor_of_another_ticket(client, agent):
    ticket, other = make_ticket(VAGUE), make_ticket(VAGUE)
    paste(client, ticket, "", file("shot.png", png()))
    pk = Attachment.objects.get().pk

    assert client.get(f"/t/{ticket.follow_up_token}/files/{pk}/shot.png").status_code == 404
    assert client.get(f"/t/{other.follow_up_token}/files/{pk}/shot.png").status_code == 404


def test_a_report_takes_a_file_at_its_first_step_and_pictures_at_its_second(client):
    first = client.post("/report/", {"text": "", "uploads": [file("session.har", har())]})
    assert "insufficient_user_quota" in first.content.decode()
    assert client.post("/report/", {"text": "x", "uploads": [file("a.png", png())]}).status_code == 422

    client.post("/report/", {"text": "429", "email": "dev@client.invalid", "uploads": [file("a.png", png())]})

    assert Ticket.objects.get().attachments.get().name == "a.png"


def test_a_name_from_outside_becomes_no_path(client, agent, settings):
    paste(client, make_ticket(VAGUE), "", file("..\\..\\etc/pass\nwd.log", "429"))

    attachment = Attachment.objects.get()
    assert attachment.name == "passwd.log"
    assert str(attachment.file.name).startswith("attachments/")
    assert "passwd" not in str(attachment.file.name)


def test_a_file_that_the_scanner_gives_no_answer_for_is_refused_for_now(client, settings):
    settings.SCANNER = ("127.0.0.1", 1)
    ticket = make_ticket(VAGUE)
    files = [file("a.log", "429"), file("b.log", "429")]

    answer = client.post(f"/t/{ticket.follow_up_token}/messages/", {"text": "My words.", "uploads": files})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "a.log could not be checked for viruses just now. It can be sent again later." in shown
    assert "b.log" not in shown  # asked once, waited for once
    assert "My words." in shown
    assert not Attachment.objects.exists()
