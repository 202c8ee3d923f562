"""The ledger counts each thing once, by provider and model, within its time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.charges import make_charge, make_proposal
from tests.factories import make_admin, make_billing, make_ticket
from tests.failures import make_row, make_token
from tickets.models import Incident, ProviderNotice, Ticket
from tickets.services.compensation.deciding import approve, credit
from tickets.services.evidence import set_value
from tickets.services.failure.storing import store
from tickets.services.ledger.figures import Ledger
from tickets.services.ledger.period import Period

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0)
PERIOD = Period.of_days(NOW.date() - timedelta(days=6), NOW.date())


def ago(**time):
    return NOW - timedelta(**time)


def make_incident(opened_at, resolved_at=None, **fields):
    made = Incident.objects.create(
        **{"title": "down", "provider": "openai", "resolved_at": resolved_at, **fields}
    )
    Incident.objects.filter(pk=made.pk).update(opened_at=opened_at)
    made.refresh_from_db()
    return made


def make_notice(published_at, **fields):
    named = {"provider": "openai", "title": "errors", "published_at": published_at, **fields}
    return ProviderNotice.objects.create(**named)


def only(ledger=None):
    [provider] = (ledger or Ledger(PERIOD)).providers
    return provider


def test_failures_count_by_model_and_day_from_the_minute_counts():
    rows = [make_row(), make_row(model="o3"), make_row(model="o3", occurred_at=ago(days=30))]
    store(rows, token=make_token())

    provider = only()
    assert {name: figures.failures for name, figures in provider.models.items()} == {"gpt-4o": 1, "o3": 1}
    assert sum(provider.days.values()) == 2


def test_minutes_of_incidents_are_those_within_the_time():
    make_incident(ago(hours=5), ago(hours=4), model="gpt-4o")
    make_incident(ago(hours=2), ago(hours=1))
    make_incident(PERIOD.since - timedelta(hours=3), PERIOD.since + timedelta(minutes=20))
    make_incident(PERIOD.since - timedelta(hours=3), PERIOD.since - timedelta(hours=1))
    make_incident(ago(hours=1), ago(hours=1), provider="")

    provider = only()
    assert (provider.models["gpt-4o"].incidents, provider.models["gpt-4o"].minutes) == (1, 60)
    assert (provider.whole.incidents, provider.whole.minutes) == (3, 140)


def test_tickets_count_by_what_their_evidence_names():
    admin = make_admin()
    for number, model in enumerate(["gpt-4o", ""]):
        ticket = make_ticket(f"it fails {number}")
        set_value(ticket, field="provider", raw="openai", by=admin)
        if model:
            set_value(ticket, field="model", raw=model, by=admin)
    old = make_ticket("long ago")
    set_value(old, field="provider", raw="openai", by=admin)
    Ticket.objects.filter(pk=old.pk).update(created_at=ago(days=30))

    assert {name: figures.tickets for name, figures in only().models.items()} == {"gpt-4o": 1, "": 1}


def test_what_was_credited_counts_by_currency():
    billing, admin = make_billing(), make_admin()
    for fields in ({}, {"currency": "CNY"}):
        made = make_proposal(make_charge(**fields), by=billing, **{"currency": "USD", **fields})
        approve(made, by=admin)
        credit(made, by=billing, reference="CR")
    make_charge()

    assert only().whole.credited == {"USD": Decimal("0.5"), "CNY": Decimal("0.5")}


def test_the_notice_is_measured_from_our_first_sign():
    make_incident(ago(hours=5), ago(hours=4), reason={"since": ago(hours=5, minutes=10).isoformat()})
    make_notice(ago(hours=4, minutes=40))
    assert only().delay.minutes == 30

    ticket = make_ticket("it fails")
    Ticket.objects.filter(pk=ticket.pk).update(
        incident=Incident.objects.get(), created_at=ago(hours=5, minutes=20)
    )
    assert only().delay.minutes == 40

    make_notice(ago(hours=5, minutes=30))
    assert (only().delay.minutes, only().delay.told, only().delay.of) == (-10, 1, 1)


@pytest.mark.parametrize("other", [{"provider": "azure"}, {"model": "o3"}])
def test_a_notice_about_something_else_measures_nothing(other):
    make_incident(ago(hours=5), ago(hours=4), model="gpt-4o")
    make_notice(ago(hours=5), **other)

    assert (only().delay.minutes, only().delay.told, only().delay.of) == (None, 0, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_takes_five_statements(count, django_assert_num_queries):
    for number in range(count):
        name = f"p{number}"
        make_incident(ago(hours=5), provider=name)
        make_notice(ago(hours=5), provider=name)
        store([make_row(provider=name)], token=make_token())
        set_value(make_ticket("it fails"), field="provider", raw=name, by=make_admin())

    with django_assert_num_queries(5):
        assert len(Ledger(PERIOD).providers) == count


def test_a_period_holds_both_of_its_days():
    period = Period.of_days(date(2026, 1, 1), date(2026, 1, 2))

    assert period.until - period.since == timedelta(days=2)
