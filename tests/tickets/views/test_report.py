import pytest
from django.test import Client

from tests.articles import make_draft
from tests.factories import VAGUE, WRONG_BASE_URL, fake_key, make_admin
from tickets.models import Customer, EvidenceValue, KeyRecord, Message, Ticket
from tickets.services.faq.library import load_library
from tickets.services.faq.state import publish, submit

pytestmark = pytest.mark.django_db


def test_a_paste_is_answered_at_once_and_nothing_is_stored(client):
    page = client.post("/report/", {"text": WRONG_BASE_URL})

    assert "The base URL in the client is not right" in page.content.decode()
    assert not Ticket.objects.exists()


def test_only_what_is_missing_is_asked(client):
    page = client.post(
        "/report/", {"text": '{"model":"gpt-4o","status":404} ' + WRONG_BASE_URL}
    ).content.decode()

    assert 'name="told_http_status"' not in page
    assert 'name="email"' in page


def test_sending_opens_the_ticket_and_leads_to_its_page(client):
    answer = client.post("/report/", {"text": VAGUE, "email": "dev@client.invalid", "told_model": "gpt-4o"})

    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == f"/t/{ticket.follow_up_token}/"
    assert ticket.current_evidence()["model"].value == "gpt-4o"


def test_a_key_never_comes_back_and_still_finds_its_record(client):
    text = f"Authorization: Bearer {fake_key('Zz91')}\n{WRONG_BASE_URL}"
    first = client.post("/report/", {"text": text}).content.decode()
    sealed = first.split('name="keys" value="')[1].split('"')[0]
    shown = first.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0]

    client.post("/report/", {"text": shown, "email": "dev@client.invalid", "keys": sealed})

    assert fake_key("Zz91")[6:40] not in first
    assert KeyRecord.objects.get().last_four == "Zz91"
    assert Ticket.objects.get().key is not None


def test_a_forged_seal_links_no_key(client):
    client.post("/report/", {"text": VAGUE, "email": "dev@client.invalid", "keys": "W10:forged:seal"})

    assert Ticket.objects.get().key is None


@pytest.mark.parametrize("text", ["", "   \n ", "…---…"])
def test_an_empty_paste_is_refused_with_a_sentence(client, text):
    page = client.post("/report/", {"text": text})

    assert page.status_code == 422
    assert "Paste the error" in page.content.decode()


def test_a_wrong_address_keeps_what_was_typed(client):
    page = client.post("/report/", {"text": WRONG_BASE_URL, "email": "nowhere", "name": "Mina"})

    shown = page.content.decode()
    assert page.status_code == 422
    assert "Invalid URL (POST /v1/v1/chat/completions)" in shown
    assert 'value="Mina"' in shown
    assert not Ticket.objects.exists()


def test_a_told_value_that_does_not_fit_is_refused_beside_its_field(client):
    page = client.post("/report/", {"text": VAGUE, "email": "dev@client.invalid", "told_http_status": "many"})

    assert page.status_code == 422
    assert "Write a whole number, such as 429." in page.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "NUL \x00 inside 404",
        "[" * 200_000 + "1",
        "lone \udc80 byte",
        "%PDF-1.7\x00\x01\x02 binary",
        "x" * 5_000_000,
    ],
    ids=["nul", "brackets", "surrogate", "binary", "5 MB"],
)
def test_odd_pastes_are_answered(client, text):
    answer = client.post(
        "/report/", {"text": text.encode("utf-8", "replace").decode(), "email": "d@client.invalid"}
    )

    assert answer.status_code == 302
    assert len(Message.objects.get().body) < 210_000


def test_more_than_the_limit_is_refused_with_a_page_that_says_so(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

    page = client.post("/report/", {"text": "x" * 3_000_000})

    assert page.status_code == 413
    assert "2 MB" in page.content.decode()


def test_an_expired_form_gives_back_what_was_typed():
    client = Client(enforce_csrf_checks=True)

    page = client.post("/report/", {"text": WRONG_BASE_URL, "email": "dev@client.invalid"})

    shown = page.content.decode()
    assert page.status_code == 403
    assert "Invalid URL (POST /v1/v1/chat/completions)" in shown
    assert "dev@client.invalid" in shown


def test_an_expired_sign_in_form_never_shows_the_password():
    client = Client(enforce_csrf_checks=True)

    page = client.post("/accounts/login/", {"login": "a@desk.invalid", "password": "hunter2-hunter2"})

    assert "hunter2-hunter2" not in page.content.decode()


def test_the_customer_reads_answers_and_never_notes(client):
    client.post("/report/", {"text": VAGUE, "email": "dev@client.invalid"})
    ticket = Ticket.objects.get()
    Message.objects.create(ticket=ticket, kind="reply", body="Here is the answer.")
    Message.objects.create(ticket=ticket, kind="note", body="Only for us.")

    page = client.get(f"/t/{ticket.follow_up_token}/").content.decode()

    assert "Here is the answer." in page
    assert "Only for us." not in page


def test_writing_back_is_read_for_evidence(client):
    client.post("/report/", {"text": VAGUE, "email": "dev@client.invalid"})
    ticket = Ticket.objects.get()

    client.post(f"/t/{ticket.follow_up_token}/messages/", {"text": WRONG_BASE_URL})

    ticket.refresh_from_db()
    assert ticket.cause == "endpoint.base_url"


@pytest.mark.parametrize("token", ["x", "A" * 43])
def test_a_guessed_link_leads_nowhere(client, token):
    assert client.get(f"/t/{token}/").status_code == 404


def test_the_key_is_nowhere_in_the_database(client):
    key = fake_key("Zz91")
    client.post(
        "/report/",
        {
            "text": f"curl -H 'Authorization: Bearer {key}'\n{WRONG_BASE_URL}",
            "email": "d@client.invalid",
            "name": key,
        },
    )

    stored = [
        *Message.objects.values_list("body", flat=True),
        *map(str, EvidenceValue.objects.values_list("value", flat=True)),
        *Customer.objects.values_list("name", flat=True),
        *Ticket.objects.values_list("subject", flat=True),
        *map(str, Ticket.objects.get().events.values_list("data", flat=True)),
        *map(str, Ticket.objects.get().verdicts.values_list("trace", flat=True)),
    ]
    assert not [text for text in stored if key[6:40] in text]


def test_a_form_sent_twice_opens_one_ticket(client):
    mark = client.post("/report/", {"text": VAGUE}).context["once"]
    for _ in range(2):
        client.post("/report/", {"text": VAGUE, "email": "dev@client.invalid", "once": mark})

    assert Ticket.objects.count() == 1


def test_an_article_of_our_own_that_names_the_error_is_read_first(client):
    """What the rules take it for, less than surely, comes behind it."""
    load_library()
    text = 'It fails for others too.\nHTTP/1.1 418\n{"error":{"message":"Render lane is closed"}}'
    author = make_admin()
    entry = make_draft(by=author, strings=["Render lane is closed"])
    submit(entry, by=author)
    publish(entry, by=make_admin())

    answer = client.post("/report/", {"text": text})

    assert answer.context["diagnosis"].sureness != "sure"
    assert answer.context["articles"][0].slug == "wrong-address"
