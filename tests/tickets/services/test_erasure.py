import io
import itertools
import json
import zipfile
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.articles import article_content
from tests.charges import make_charge, make_proposal
from tests.factories import make_admin, make_agent, make_customer, make_engineer, make_ticket
from tests.one_customer import ACCOUNT, EMAIL, NAME, close, make_known_customer
from tests.tickets.test_no_prompt_stays import columns_with
from tickets.models import (
    Account,
    AuditEntry,
    Charge,
    Compensation,
    Customer,
    Failure,
    FaqEntry,
    FaqText,
    Message,
    RuleEntry,
    RuleSet,
    Ticket,
)
from tickets.services import outbox
from tickets.services.assignment import assign
from tickets.services.audit import note
from tickets.services.bundle import contents_of
from tickets.services.bundle.verify import check_messages
from tickets.services.chain import verify_all
from tickets.services.event import record
from tickets.services.faq.draft import begin_article
from tickets.services.intake import add_customer_message
from tickets.services.message import add_note
from tickets.services.person import retire
from tickets.services.privacy import elsewhere
from tickets.services.privacy.erasure import StillActive, StillOpen, Undecided, ask_to_erase, erase_person
from tickets.services.privacy.export import data_of_customer, data_of_person
from tickets.services.privacy.marks import marks_of_customer
from tickets.services.redaction import make_storable
from tickets.services.rule import set as rule_set_module
from tickets.services.rule.set import active_rules, version_of
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db


def erase(customer: Customer) -> None:
    ask_to_erase(customer, by=make_admin())
    outbox.sweep(KINDS)
    customer.refresh_from_db()
    assert customer.erased_at


@pytest.fixture
def customer() -> Customer:
    return make_known_customer()


def test_nothing_of_a_customer_is_left_and_the_evidence_is(customer):
    other = make_ticket("Somebody else fails")
    links = set(customer.tickets.values_list("follow_up_token", flat=True))
    causes = set(customer.tickets.values_list("cause", flat=True))
    erase(customer)

    customer.refresh_from_db()
    assert customer.erased_at
    assert {*columns_with("Lindqvist"), *columns_with("lindqvist")} == set()
    assert {ticket.cause for ticket in customer.tickets.all()} == causes
    assert links.isdisjoint(customer.tickets.values_list("follow_up_token", flat=True))
    assert list(verify_all()) == []
    assert other.messages.filter(kind="customer").get().body == "Somebody else fails"
    assert AuditEntry.objects.get(kind="erased").about == f"customer {customer.pk}"


def test_money_stays_in_the_books_without_whose_it_was(customer):
    erase(customer)

    paid = Compensation.objects.get()
    assert (paid.amount, paid.state, paid.account, paid.reason) == (Decimal("0.5"), "credited", "", "")
    assert paid.reference == "credit to …"
    assert {(charge.account, charge.request_id) for charge in Charge.objects.all()} == {("", "")}
    assert Charge.objects.get(state="credited").credited == Decimal("0.5")
    assert Failure.objects.filter(account="", http_status=None).count() == Failure.objects.count() > 0


def test_what_others_were_told_stays_without_the_name(customer):
    told = Message.objects.filter(kind="reply", body__contains=NAME).first()
    assert told is not None
    assert told.ticket.customer != customer
    erase(customer)

    told.refresh_from_db()
    assert told.body == "It fails for …."
    assert told.ticket.events.get(kind="incident_update").is_erased
    assert all(fits for fits, _ in check_messages(contents_of(told.ticket, with_notes=True)))
    assert FaqText.objects.get(language="en").fix == ["Do as … did."]
    assert RuleEntry.objects.get().written.count("…") == 3


def test_money_that_waits_is_decided_first(customer):
    make_proposal(make_charge(account=ACCOUNT), by=make_engineer())

    with pytest.raises(Undecided):
        ask_to_erase(customer, by=make_admin())


def test_an_account_of_two_people_stays(customer):
    account = Account.objects.get(name=ACCOUNT)
    make_customer(name="Somebody Else", account=account)
    erase(customer)

    account.refresh_from_db()
    assert account.name == ACCOUNT
    assert columns_with("Berta") == set()


def test_a_name_that_is_a_word_of_ours_takes_nothing_out():
    begin_article("wrong-address", article_content(strings=["OpenAI says no quota"]), by=make_admin())
    ticket = make_ticket("it fails", email=EMAIL, name="OpenAI Quota")
    close(ticket, make_agent())
    erase(ticket.customer)

    assert FaqEntry.objects.get(slug="wrong-address").strings == ["OpenAI says no quota"]


def test_a_part_of_a_name_that_somebody_else_bears_stays_with_them():
    ticket = make_ticket("it fails", email=EMAIL, name="Berta Zimmermann")
    close(ticket, make_agent())
    note(
        AuditEntry.Kind.ROLE,
        by=make_admin(name="Ruth Zimmermann"),
        after={"names": ["Ruth Zimmermann", "Berta Zimmermann"]},
    )
    erase(ticket.customer)

    assert AuditEntry.objects.get(kind="role").after == {"names": ["Ruth Zimmermann", "…"]}


def test_a_chinese_name_goes_also_from_json():
    ticket = make_ticket("it fails", email=EMAIL, name="欧阳若兰")
    close(ticket, make_agent())
    note(AuditEntry.Kind.ROLE, by=make_admin(), after={"said": "欧阳若兰要求退款"})
    erase(ticket.customer)

    assert AuditEntry.objects.get(kind="role").after == {"said": "…要求退款"}


def test_a_mail_to_a_ticket_of_somebody_else_goes():
    other = make_ticket("Somebody else fails")
    theirs = add_customer_message(other, make_storable("I fail too, Lindqvist"), source=Ticket.Source.MAIL)
    record(other, "written_by_other", by="mail", message=theirs.pk, sender=EMAIL)
    close(make_ticket("x", email=EMAIL, name=NAME), make_agent())
    erase(Customer.objects.get(email=EMAIL))

    theirs.refresh_from_db()
    assert theirs.body == ""
    assert theirs.erased_at
    assert columns_with("indqvist") == set()
    assert list(verify_all()) == []


def test_looking_elsewhere_goes_on_where_the_time_was_over(customer, monkeypatch):
    monkeypatch.setattr(elsewhere, "ROWS", 2)
    marks, place, by = marks_of_customer(customer), "", make_admin()
    times = iter(itertools.cycle([0, 2]))
    monkeypatch.setattr(elsewhere.time, "monotonic", lambda: next(times))
    turns = 1
    while place := elsewhere.take_out(marks, by=by, since=place, end=1):
        turns += 1

    assert turns > 10
    assert columns_with(NAME) <= {
        "Customer.name",
        "KeyRecord.owner",
        "Failure.raw_error",
        "Failure.key_owner",
    }


def test_rules_in_use_keep_the_version_that_verdicts_name(customer):
    draft = RuleSet.objects.get(state="draft")
    RuleSet.objects.filter(pk=draft.pk).update(
        state="active", version=version_of(draft), activated_at=timezone.now()
    )
    before = active_rules().version
    erase(customer)
    rule_set_module._read.clear()

    assert active_rules().version == before


def test_who_waits_for_an_answer_is_not_erased():
    ticket = make_ticket(email=EMAIL)

    with pytest.raises(StillOpen) as still:
        ask_to_erase(ticket.customer, by=make_admin())
    assert still.value.numbers == [ticket.pk]


def test_who_writes_again_is_somebody_new(customer):
    erase(customer)

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
