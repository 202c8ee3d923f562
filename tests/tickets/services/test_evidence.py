import pytest

from tests.factories import make_agent, make_ticket
from tickets.models import Ticket
from tickets.services.evidence import BadValue, parse_value, set_value
from tickets.services.message import receive
from tickets.services.verdict import judge

pytestmark = pytest.mark.django_db


def test_values_read_from_the_text_say_where():
    ticket = make_ticket()

    status = ticket.current_evidence()["http_status"]

    assert (status.value, status.origin, status.quoted, status.line) == (
        404,
        "text",
        "HTTP/1.1 404 Not Found",
        3,
    )


def test_a_persons_value_wins_over_anything_read_later():
    ticket = make_ticket()
    set_value(ticket, field="model", raw="gpt-4o-mini", by=make_agent())

    receive(ticket, text='{"model": "gpt-4o", "error": {"message": "boom"}}', source=Ticket.Source.FORM)

    assert ticket.current_evidence()["model"].value == "gpt-4o-mini"


def test_taking_a_value_back_shows_what_was_read_before():
    ticket, agent = make_ticket(), make_agent()
    set_value(ticket, field="http_status", raw="500", by=agent)

    set_value(ticket, field="http_status", raw="", by=agent)

    assert ticket.current_evidence()["http_status"].value == 404


def test_a_value_set_twice_is_one_entry():
    ticket, agent = make_ticket(), make_agent()
    set_value(ticket, field="model", raw="gpt-4o", by=agent)

    set_value(ticket, field="model", raw="gpt-4o", by=agent)

    assert ticket.events.filter(kind="evidence_set").count() == 1


def test_a_persons_value_is_seen_by_the_rules():
    ticket = make_ticket("It answers with an error since noon.")
    set_value(ticket, field="error_code", raw="insufficient_user_quota", by=make_agent())

    assert judge(ticket).cause == "quota.balance"


def test_the_charge_stands_on_the_ticket():
    ticket = make_ticket()

    set_value(ticket, field="charged", raw="yes", by=make_agent())

    ticket.refresh_from_db()
    assert ticket.charged is True


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("http_status", "429", 429),
        ("charged", "是", True),
        ("charged", "no", False),
        ("retry_after", "2.5", 2.5),
        ("model", " gpt-4o ", "gpt-4o"),
        ("occurred_at", "2026-01-31 14:05", "2026-01-31 14:05"),
    ],
)
def test_typed_values(field, raw, value):
    assert parse_value(field, raw) == value


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        ("http_status", "many"),
        ("http_status", "42"),
        ("charged", "perhaps"),
        ("amount", "-1"),
        ("occurred_at", "noon"),
    ],
)
def test_values_that_do_not_fit_are_refused_with_a_sentence(field, raw):
    with pytest.raises(BadValue, match=r"\.$"):
        parse_value(field, raw)
