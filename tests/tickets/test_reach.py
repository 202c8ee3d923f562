"""One customer reaches for another one's ticket by every way in: none leads there, and nothing tells that it exists."""

import io
import json
import re
import zipfile

import pytest

from tests.addresses import address, make_others
from tests.factories import make_agent, make_ticket
from tests.mails import a_mail
from tests.permission_table import DESK
from tickets.models import InboundMail, Message, Scope, Ticket
from tickets.services.attachment import read_upload
from tickets.services.inbound_mail import receive_mail
from tickets.services.merge import CannotMerge, merge
from tickets.services.message import add_note, send_reply
from tickets.services.privacy.export import data_of_customer
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db
SECRET = "zanzibar-quota-77"  # stands in every part of the other customer's ticket
MINE, THEIRS = "eve@elsewhere.invalid", "lin@client.invalid"


@pytest.fixture(autouse=True)
def desk_address(settings):
    settings.INBOUND_ADDRESS = "desk@desk.invalid"


@pytest.fixture
def theirs() -> Ticket:
    upload = read_upload(f"{SECRET}.log", f"HTTP/1.1 404 Not Found\n{SECRET}".encode())
    ticket = make_ticket(f"{SECRET} does not work", email=THEIRS, uploads=[upload])
    agent = make_agent(undo_seconds=0)
    send_reply(ticket, by=agent, body=f"About {SECRET}: please look again.")
    add_note(ticket, by=agent, body=f"{SECRET} is known.")
    return ticket


@pytest.fixture
def mine() -> Ticket:
    return make_ticket("My own trouble", email=MINE)


def test_no_number_or_changed_link_opens_a_ticket(client, theirs, mine):
    link = theirs.follow_up_token
    guesses = [
        str(theirs.number),
        link[:-1],
        link[:-1] + ("A" if link[-1] != "A" else "B"),
        link.swapcase(),
        "0",
    ]

    answers = [client.get(f"/t/{guess}/") for guess in guesses]
    answers += [client.post(f"/t/{guess}/messages/", {"body": "let me in"}) for guess in guesses]

    assert {answer.status_code for answer in answers} == {404}
    assert len({_body_of(answer) for answer in answers}) == 1  # a near miss looks like any other
    assert theirs.messages.filter(kind="customer").count() == 1


def test_no_page_of_the_desk_opens_without_signing_in(client, theirs):
    for path in (f"/tickets/{theirs.number}/", f"/desk/?q={SECRET}", f"/tickets/{theirs.number}/live/"):
        assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_an_own_link_opens_no_file_of_another_ticket(client, theirs, mine):
    for each in theirs.attachments.all():
        for token in (mine.follow_up_token, theirs.number):
            assert client.get(f"/t/{token}/files/{each.pk}/{each.name}").status_code == 404


def test_an_own_page_tells_nothing_of_another_ticket(client, theirs, mine):
    page = client.get(f"/t/{mine.follow_up_token}/").content.decode()

    assert SECRET not in page


def test_notes_stay_off_the_customers_own_page(client, theirs):
    page = client.get(f"/t/{theirs.follow_up_token}/").content.decode()

    assert "is known." not in page


@pytest.mark.parametrize("number", ["own", "merged", "next"])
def test_a_token_writes_to_no_ticket_of_another_token(client, theirs, number):
    wanted = _from_gateway("gateway of others")
    into = make_ticket("again", email="dev@client.invalid")
    if number == "merged":
        merge([wanted], into=into, by=make_agent())
    secret = create_token(name="mine", scopes=["tickets:write"])[1]
    aim = {"own": wanted.number, "merged": wanted.number, "next": into.number + 1}[number]

    answer = client.post(
        f"/api/v1/tickets/{aim}/messages", json.dumps({"text": "let me in"}), content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )  # fmt: skip

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert not Message.objects.filter(body="let me in").exists()


def test_an_idempotency_key_of_others_opens_an_own_ticket(client):
    def send(secret: str, email: str) -> dict[str, object]:
        body = {"text": "429", "email": email, "idempotency_key": "the-same"}
        return client.post(
            "/api/v1/tickets", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        ).json()  # fmt: skip

    first = send(create_token(name="one", scopes=["tickets:write"])[1], THEIRS)
    second = send(create_token(name="two", scopes=["tickets:write"])[1], MINE)

    assert first["number"] != second["number"]


@pytest.mark.parametrize("way", ["subject", "address", "letter", "earlier"])
def test_a_mail_of_a_stranger_joins_no_ticket(theirs, way):
    letter = theirs.messages.get(kind="reply")
    guess = {
        "subject": {"subject": f"Re: [#{theirs.number}] hello"},
        "address": {"to": f"desk+{theirs.number}.{'a' * 16}@desk.invalid"},
        "letter": {"in_reply_to": f"<reply.{letter.pk}.{'a' * 16}@desk.invalid>"},
        "earlier": {"in_reply_to": "<known@client.invalid>"},
    }[way]
    receive_mail(a_mail(sender=THEIRS, mail_id="<known@client.invalid>"), way=InboundMail.Way.PIPE)
    before = theirs.messages.count()

    row = receive_mail(a_mail("let me in", sender=MINE, **guess), way=InboundMail.Way.PIPE)

    row.refresh_from_db()
    assert row.ticket.customer.email == MINE
    assert theirs.messages.count() == before


def test_no_door_of_the_desk_lets_a_stranger_in(client):
    """Exports, bundles, files and search among them: all of them, with every number guessed right."""
    theirs = make_ticket(f"{SECRET} does not work", email=THEIRS)
    make_others(theirs)
    for door, (method, body, _) in DESK.items():
        answer = getattr(client, method)(address(door, theirs), body)
        assert answer.status_code in (302, 403, 404), door
        assert SECRET not in b"".join(answer).decode(errors="replace"), door
        assert answer.status_code != 302 or answer.headers["Location"].startswith("/accounts/login/"), door


def test_what_is_handed_over_to_a_customer_is_the_own(client, theirs, mine):
    secret = theirs.customer
    other = make_ticket("one more of mine", email=MINE)
    merge([other], into=mine, by=make_agent())
    packed = io.BytesIO(data_of_customer(mine.customer))
    with zipfile.ZipFile(packed) as files:
        said = b"".join(files.read(name) for name in files.namelist()).decode()

    assert "one more of mine" in said
    assert SECRET not in said
    assert secret.email not in said


def test_no_operation_of_the_api_that_reads_tells_of_a_ticket(client, theirs):
    secret = create_token(name="curious", scopes=list(Scope))[1]
    described = client.get("/api/v1/openapi.json").json()["paths"]
    reading = [path for path, operations in described.items() if "get" in operations]
    reading += [f"/api/v1/tickets/{theirs.number}", f"/api/v1/tickets?q={SECRET}", "/api/v1/tickets"]
    for path in reading:
        at = re.sub(r"{\w+}", str(theirs.number), path)
        answer = client.get(at, headers={"Authorization": f"Bearer {secret}"})
        assert SECRET not in answer.content.decode(), at


def test_the_link_of_a_merged_ticket_leads_to_the_own_survivor_alone(client, theirs, mine):
    other = make_ticket("one more of mine", email=MINE)
    merge([other], into=mine, by=make_agent())

    page = client.get(f"/t/{other.follow_up_token}/", follow=True)

    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    for number in (theirs.number, other.number, mine.number):
        assert client.get(f"/t/{number}/").status_code == 404


def test_two_customers_tickets_are_never_merged(theirs, mine):
    with pytest.raises(CannotMerge):
        merge([mine], into=theirs, by=make_agent())


@pytest.mark.parametrize("path", ["/?q={}", "/faq?q={}", "/e/{}", "/tools/request/?q={}"])
def test_the_public_pages_find_no_ticket(client, theirs, path):
    """They say back what was asked for, as often as for words that stand nowhere, and nothing more."""
    nowhere = "xylophone-quota-88"
    pages = {
        words: client.get(path.format(words), follow=True).content.decode() for words in (SECRET, nowhere)
    }

    assert pages[SECRET].count(SECRET) == pages[nowhere].count(nowhere)
    assert f"#{theirs.number}" not in pages[SECRET]


def _from_gateway(name: str) -> Ticket:
    token = create_token(name=name, scopes=["tickets:write"])[0]
    return make_ticket("429", email="dev@client.invalid", source="api", by=f"api:{token.pk}")


def _body_of(answer) -> str:
    return answer.content.decode().split("<main")[1].split("</main")[0]
