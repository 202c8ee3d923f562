import pytest

from tests.factories import WRONG_BASE_URL, fake_key, make_ticket
from tickets.models import EvidenceValue, KeyRecord, Message, Ticket, Verdict
from tickets.services.intake import open_ticket, subject_of

pytestmark = pytest.mark.django_db


def test_a_pasted_error_becomes_a_judged_ticket():
    ticket = make_ticket()

    assert (ticket.verdict, ticket.cause) == ("config_mistake", "endpoint.base_url")
    assert [event.kind for event in ticket.events.order_by("position")][:2] == ["opened", "customer_wrote"]
    assert ticket.is_unanswered


def test_a_key_is_kept_only_as_fingerprint_and_last_four():
    key = fake_key("Zz91")

    ticket = make_ticket(f"Authorization: Bearer {key}\n{WRONG_BASE_URL}")

    stored = [
        *Message.objects.values_list("body", flat=True),
        *Verdict.objects.values_list("text", flat=True),
        *(str(value) for value in EvidenceValue.objects.values_list("value", flat=True)),
    ]
    assert not [text for text in stored if key[6:40] in text]
    assert ticket.key is not None
    assert (ticket.key.last_four, key in ticket.key.fingerprint) == ("Zz91", False)


def test_the_same_key_finds_its_record_again():
    first = make_ticket(f"my key {fake_key()} fails\n{WRONG_BASE_URL}")
    second = make_ticket(f"curl -H 'Authorization: Bearer {fake_key()}'\n{WRONG_BASE_URL}")

    assert first.key == second.key
    assert KeyRecord.objects.count() == 1


def test_the_same_idempotency_key_answers_with_the_first_ticket():
    first = make_ticket(idempotency_key="order-7")

    again = open_ticket(text="something else", email="x@client.invalid", idempotency_key="order-7")

    assert again == first
    assert Ticket.objects.count() == 1


def test_what_the_customer_tells_beside_the_text_is_evidence():
    ticket = make_ticket(told={"model": "gpt-4o", "charged": False})

    known = ticket.current_evidence()
    assert (known["model"].value, known["model"].origin) == ("gpt-4o", "customer")
    assert ticket.charged is False


def test_a_chinese_report_is_answered_in_chinese():
    ticket = make_ticket("模型调用不了，一直报错 404 Invalid URL", language="")

    assert ticket.language == "zh-hans"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("\n\n  It fails  \nmore", "It fails"),
        ("{\n---\nboom happened", "boom happened"),
        ("…", "…"),
        ("word " * 60, ("word " * 60)[:119].rstrip() + "…"),
    ],
)
def test_subject_is_the_first_line_that_says_something(text, subject):
    assert subject_of(text) == subject


def test_a_huge_text_is_cut_with_a_visible_mark():
    ticket = make_ticket("start of it\n" + "x y z " * 900_000 + "\nthe end")

    (message,) = ticket.messages.all()
    assert message.was_cut
    assert message.body.startswith("start of it")
    assert message.body.endswith("the end")
    assert len(message.body) < 210_000


@pytest.mark.parametrize(
    "text", ["a\x00b 404", "[" * 200_000, "\ud800 broken", b"\xff\xfe\x00 binary \x89PNG"]
)
def test_odd_input_opens_a_ticket(text):
    ticket = make_ticket(text)

    assert ticket.messages.count() == 1
