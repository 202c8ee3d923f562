"""Lines find their charge, and a request counts once however often it is reported."""

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.charges import make_charge, report
from tests.factories import make_admin, make_ticket
from tests.failures import make_row, make_token
from tickets.models import Charge, ChargeLine, GatewayModel, Job
from tickets.services import outbox
from tickets.services.charge.gathering import gather
from tickets.services.evidence import set_value
from tickets.services.failure.storing import store
from tickets.services.gateway_model import save_model
from tickets.services.verdict import overrule
from tickets.tasks import KINDS, make_rounds

pytestmark = pytest.mark.django_db
TAKEN: dict[str, Any] = {"charged": True, "amount": 0.5, "currency": "USD"}
OVERLOADED = "Error code: 503 - the model is overloaded, try again later"


def charges():
    return [(charge.due, charge.reports) for charge in Charge.objects.order_by("pk")]


def test_a_charged_failure_becomes_a_charge_and_others_do_not():
    report(make_row(**TAKEN), make_row(), make_row(charged=False, amount=1), make_row(amount=0))

    [charge] = Charge.objects.all()
    assert (charge.account, charge.provider, charge.model, charge.due, charge.currency) == (
        "acme", "openai", "gpt-4o", Decimal("0.5"), "USD",
    )  # fmt: skip


def test_an_amount_without_a_word_on_charging_counts_as_charged():
    report(make_row(amount="0.25", currency="usd"))

    assert [(charge.due, charge.currency) for charge in Charge.objects.all()] == [(Decimal("0.25"), "USD")]


@pytest.mark.parametrize("same", [{"request_id": "req_1"}, {"task_id": "task_1"}])
def test_reports_of_one_request_count_once(same):
    report(make_row(**TAKEN, **same), make_row(**TAKEN, **same))
    report(make_row(**TAKEN, **same, account="", occurred_at=timezone.now() - timedelta(hours=3)))

    assert charges() == [(Decimal("0.5"), 3)]


def test_a_task_with_several_requests_is_one_charge():
    report(make_row(**TAKEN, task_id="t", request_id="a"), make_row(**TAKEN, task_id="t", request_id="b"))
    report(make_row(**TAKEN, request_id="b"))

    assert charges() == [(Decimal("0.5"), 3)]


def test_without_ids_the_same_account_error_and_amount_within_minutes_is_one():
    now = timezone.now()
    report(make_row(**TAKEN, occurred_at=now - timedelta(minutes=20)))
    report(make_row(**TAKEN, occurred_at=now - timedelta(minutes=3)), make_row(**TAKEN, occurred_at=now))

    assert sorted(charges()) == [(Decimal("0.5"), 1), (Decimal("0.5"), 2)]


@pytest.mark.parametrize("other", [{"account": "bolt"}, {"amount": 0.6}, {"raw_error": "quite another one"}])
def test_what_differs_is_another_charge(other):
    report(make_row(**TAKEN), make_row(**{**TAKEN, **other}))

    assert [reports for _, reports in charges()] == [1, 1]


def test_two_request_ids_are_two_charges_however_alike():
    report(make_row(**TAKEN, request_id="a"), make_row(**TAKEN, request_id="b"))

    assert [reports for _, reports in charges()] == [1, 1]


def test_a_report_with_an_id_explains_one_without():
    report(make_row(**TAKEN))
    report(make_row(**TAKEN, request_id="a"))

    assert [(charge.request_id, charge.reports) for charge in Charge.objects.all()] == [("a", 2)]


def test_the_same_batch_again_adds_nothing():
    rows, token = [make_row(**TAKEN)], make_token()
    for _ in range(2):
        store(rows, token=token)
        gather()

    assert charges() == [(Decimal("0.5"), 1)]


def line(charge, kind, amount, **fields):
    ChargeLine.objects.create(
        code=uuid4(), kind=kind, source="import", at=timezone.now(), amount=amount, currency="USD",
        request_id=charge.request_id, **fields,
    )  # fmt: skip
    gather()
    charge.refresh_from_db()


def test_a_refund_by_the_gateway_closes_the_charge_and_a_new_settlement_opens_it():
    charge = make_charge()
    line(charge, "refund", Decimal("0.2"))
    assert (charge.due, charge.state) == (Decimal("0.3"), "open")

    line(charge, "refund", Decimal("0.3"))
    assert (charge.due, charge.state) == (0, "returned")

    line(charge, "settle", Decimal("0.9"))
    assert (charge.due, charge.state) == (Decimal("0.4"), "open")


def test_a_reservation_counts_until_the_settlement_is_known():
    report(make_row(charged=True, request_id="r"))
    charge = Charge.objects.get()
    line(charge, "reserve", Decimal("2"))
    assert (charge.reserved, charge.due) == (2, 2)

    line(charge, "settle", Decimal("0"))
    assert (charge.due, charge.state) == (0, "returned")


def test_an_unknown_amount_is_estimated_by_the_price_list_and_again_when_it_changes():
    report(make_row(charged=True, model="kling-v1-6"))
    assert charges() == [(None, 1)]

    listed = GatewayModel(name="kling-v1-6", unit="per_call", price=Decimal("1.2"), currency="CNY")
    save_model(listed, by=make_admin())
    outbox.drain(KINDS)

    charge = Charge.objects.get()
    assert (charge.due, charge.is_estimate, charge.currency) == (Decimal("1.2"), True, "CNY")


def test_the_cause_is_what_the_engine_reads_in_the_error():
    report(make_row(**TAKEN, raw_error=OVERLOADED, http_status=503))

    assert Charge.objects.get().cause == "upstream.overloaded"


def test_a_ticket_whose_customer_was_charged_is_a_charge_and_joins_its_failure():
    report(make_row(**TAKEN, request_id="req_7d6c5b4a39281706"))
    ticket = make_ticket(f"{OVERLOADED}\nrequest id: req_7d6c5b4a39281706", told={"charged": True})
    outbox.drain(KINDS)

    charge = Charge.objects.get()
    assert (charge.ticket, charge.reports, charge.due) == (ticket, 2, Decimal("0.5"))


def test_a_ticket_follows_its_evidence_and_verdict():
    ticket = make_ticket("my video failed", told={"charged": True})
    outbox.drain(KINDS)
    admin = make_admin()

    set_value(ticket, field="amount", raw="1.2", by=admin)
    overrule(ticket, cause="task.upstream_failed", by=admin, reason="the provider says so")
    outbox.drain(KINDS)
    charge = Charge.objects.get()
    assert (charge.due, charge.currency, charge.cause) == (Decimal("1.2"), "USD", "task.upstream_failed")

    set_value(ticket, field="charged", raw="no", by=admin)
    outbox.drain(KINDS)
    assert not Charge.objects.exists()


def test_what_becomes_known_of_a_ticket_changes_its_charge_and_makes_no_other():
    ticket = make_ticket("my video failed", told={"charged": True})
    outbox.drain(KINDS)
    Charge.objects.update(state="declined")
    before = Charge.objects.get()

    set_value(ticket, field="task_id", raw="task_77", by=make_admin())
    outbox.drain(KINDS)
    after = Charge.objects.get()
    assert (after.pk, after.state, after.task_id) == (before.pk, "declined", "task_77")


def test_a_ticket_joins_the_charge_that_it_turns_out_to_be_about():
    report(make_row(**TAKEN, task_id="task_77"))
    ticket = make_ticket("my video failed", told={"charged": True})
    outbox.drain(KINDS)
    assert Charge.objects.count() == 2

    set_value(ticket, field="task_id", raw="task_77", by=make_admin())
    outbox.drain(KINDS)
    assert [(charge.ticket, charge.reports) for charge in Charge.objects.all()] == [(ticket, 2)]


def test_what_is_proposed_is_left_as_it_is():
    ticket = make_ticket("my video failed", told={"charged": True, "amount": 1.2})
    outbox.drain(KINDS)
    Charge.objects.update(state="proposed")

    set_value(ticket, field="charged", raw="no", by=make_admin())
    outbox.drain(KINDS)
    assert Charge.objects.get().due == Decimal("1.2")


def test_more_than_one_gathering_holds_is_left_to_the_next(monkeypatch):
    monkeypatch.setattr("tickets.services.charge.gathering.AT_ONCE", 2)
    store([make_row(**TAKEN, request_id=f"r{number}") for number in range(5)], token=make_token())
    make_rounds()
    outbox.drain(KINDS)

    assert len(charges()) == 5


def test_the_rounds_ask_for_the_gathering_once_a_minute():
    store([make_row(**TAKEN)], token=make_token())
    make_rounds()
    make_rounds()
    assert Job.objects.filter(kind="gather_charges").count() == 1

    outbox.drain(KINDS)
    assert charges() == [(Decimal("0.5"), 1)]


@pytest.mark.django_db(transaction=True)
def test_two_that_gather_at_once_make_one_charge_of_one_request():
    store([make_row(**TAKEN, request_id="r") for _ in range(3)], token=make_token())
    start = threading.Barrier(2)

    def act():
        try:
            start.wait()
            gather()
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert charges() == [(Decimal("0.5"), 3)]


@pytest.mark.parametrize("count", [1, 3])
def test_gathering_takes_a_fixed_number_of_statements(count, django_assert_max_num_queries):
    store([make_row(**TAKEN, request_id=f"r{number}") for number in range(count)], token=make_token())
    gather()
    store([make_row(**TAKEN, request_id=f"s{number}") for number in range(count)], token=make_token())

    with django_assert_max_num_queries(20):
        gather()
