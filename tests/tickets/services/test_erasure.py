import io
import json
import zipfile

import pytest

from tests.factories import make_admin, make_agent, make_ticket
from tests.mails import a_mail
from tests.tickets.test_no_prompt_stays import columns_with
from tickets.models import AuditEntry, Customer, InboundMail, Person, Ticket
from tickets.services import outbox
from tickets.services.assignment import assign
from tickets.services.chain import verify_all
from tickets.services.inbound_mail import receive_mail
from tickets.services.message import add_note, send_reply
from tickets.services.outcome import resolve
from tickets.services.person import retire
from tickets.services.privacy.erasure import StillActive, StillOpen, ask_to_erase, erase_person
from tickets.services.privacy.export import data_of_customer, data_of_person
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db
EMAIL = "berta.lindqvist@client.invalid"


def close(ticket: Ticket, by: Person) -> None:
    resolve(
        ticket,
        by=by,
        cause="key.invalid",
        plain="a wrong key",
        charged="no",
        retried="no",
        result="explained",
    )


@pytest.fixture
def customer() -> Customer:
    """With a ticket of the form and one of a mail, both closed, and an answer."""
    agent = make_agent(undo_seconds=0)
    ticket = make_ticket(
        "Lindqvist here: HTTP 401 Incorrect API key provided", email=EMAIL, name="Berta Lindqvist"
    )
    receive_mail(
        a_mail("Lindqvist again, 404", sender=f"Berta Lindqvist <{EMAIL}>"), way=InboundMail.Way.PIPE
    )
    add_note(ticket, by=agent, body="Lindqvist is known")
    send_reply(ticket, by=agent, body="Dear Lindqvist, the key is wrong.", sure=())
    for each in Ticket.objects.all():
        close(each, agent)
    return Customer.objects.get(email=EMAIL)


def test_nothing_of_a_customer_is_left_and_the_evidence_is(customer):
    other = make_ticket("Somebody else fails")
    links = set(customer.tickets.values_list("follow_up_token", flat=True))
    causes = set(customer.tickets.values_list("cause", flat=True))
    ask_to_erase(customer, by=make_admin())
    outbox.sweep(KINDS)

    customer.refresh_from_db()
    assert customer.erased_at
    assert {*columns_with("Lindqvist"), *columns_with("lindqvist")} == set()
    assert {ticket.cause for ticket in customer.tickets.all()} == causes
    assert links.isdisjoint(customer.tickets.values_list("follow_up_token", flat=True))
    assert list(verify_all()) == []
    assert other.messages.get().body == "Somebody else fails"
    assert AuditEntry.objects.get(kind="erased").about == f"customer {customer.pk}"


def test_who_waits_for_an_answer_is_not_erased():
    ticket = make_ticket(email=EMAIL)

    with pytest.raises(StillOpen) as still:
        ask_to_erase(ticket.customer, by=make_admin())
    assert still.value.numbers == [ticket.pk]


def test_who_writes_again_is_somebody_new(customer):
    ask_to_erase(customer, by=make_admin())
    outbox.sweep(KINDS)

    assert make_ticket(email=EMAIL).customer_id != customer.pk


def test_somebody_of_the_desk_goes_by_name_and_address():
    person, ticket = make_agent(name="Ruth Zimmermann"), make_ticket()
    email = person.email
    assign(ticket, to=person, by=person)
    add_note(ticket, by=person, body="seen")
    with pytest.raises(StillActive):
        erase_person(person, by=make_admin())
    retire(person, by=make_admin())
    erase_person(person, by=make_admin())

    assert columns_with("Zimmermann") == set()
    assert columns_with(email) == set()
    assert ticket.messages.get(kind="note").author_id == person.pk
    assert list(verify_all()) == []


def test_a_customer_gets_what_is_theirs_and_no_note(customer):
    data = unpacked(data_of_customer(customer))

    assert data["customer"]["email"] == EMAIL
    assert len(data["tickets"]) == 2
    said = json.dumps(data)
    assert "the key is wrong" in said
    assert "is known" not in said


def test_somebody_of_the_desk_gets_what_they_wrote():
    person = make_agent()
    add_note(make_ticket(), by=person, body="seen")

    data = unpacked(data_of_person(person))

    assert data["person"]["email"] == person.email
    assert [message["body"] for message in data["messages"]] == ["seen"]


def unpacked(packed: bytes):
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        return json.loads(files.read("data.json"))
