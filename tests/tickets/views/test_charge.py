"""The list of charges, its totals and its export: every number leads to its rows."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.charges import make_charge, report
from tests.factories import make_billing, make_engineer
from tests.failures import make_row
from tickets.models import AuditEntry, Charge

pytestmark = pytest.mark.django_db
ROOM = "/charges/"


@pytest.fixture(autouse=True)
def somebody(client):
    person = make_billing()
    client.force_login(person)
    return person


def listed(page):
    return [charge.request_id for charge in page.context["charges"]]


def test_open_charges_are_listed_newest_first_without_raw_errors(client):
    make_charge(
        request_id="old", occurred_at=timezone.now() - timedelta(hours=2), raw_error="zanzibar failed"
    )
    make_charge(request_id="new")
    page = client.get(ROOM)

    assert listed(page) == ["new", "old"]
    assert "zanzibar" not in page.content.decode()


def test_the_address_narrows(client):
    make_charge(request_id="a")
    make_charge(request_id="b", provider="azure", amount=3)
    make_charge(
        request_id="c",
        account="bolt",
        currency="CNY",
        http_status=503,
        raw_error="Error code: 503 overloaded",
    )

    assert listed(client.get(ROOM, {"provider": "azure"})) == ["b"]
    assert listed(client.get(ROOM, {"account": "BOLT"})) == ["c"]
    assert listed(client.get(ROOM, {"currency": "usd", "least": "1"})) == ["b"]
    assert listed(client.get(ROOM, {"most": "1", "currency": "USD"})) == ["a"]
    assert listed(
        client.get(ROOM, {"cause": Charge.objects.get(request_id="c").cause, "account": "bolt"})
    ) == ["c"]
    assert listed(client.get(ROOM, {"state": "credited"})) == []
    assert len(listed(client.get(ROOM, {"state": "'", "least": "x", "cause": "?", "currency": "$$"}))) == 3


def test_pages_hold_every_charge_once(client):
    at = timezone.now() - timedelta(minutes=9)
    report(
        *[
            make_row(
                charged=True, amount=1, currency="USD", request_id=f"r{number:03}",
                occurred_at=at - timedelta(seconds=number // 3),
            )
            for number in range(120)
        ]
    )  # fmt: skip
    seen, query = [], ""
    while True:
        page = client.get(f"{ROOM}{query}")
        seen += listed(page)
        query = page.context["next"]
        if not query:
            break

    assert len(seen) == len(set(seen)) == 120
    assert client.get(f"{ROOM}?after=nonsense").status_code == 200


def test_totals_by_provider_and_cause_lead_to_the_charges_that_they_count(client):
    make_charge()
    make_charge(amount=1)
    make_charge(provider="azure", currency="CNY")
    report(make_row(charged=True))

    page = client.get(f"{ROOM}totals/")
    totals = page.context["totals"]
    assert [(total.provider, total.currency, total.charges, total.due) for total, _ in totals] == [
        ("openai", "USD", 2, Decimal("1.5")),
        ("azure", "CNY", 1, Decimal("0.5")),
        ("openai", "", 1, 0),
    ]
    for total, address in totals:
        assert len(listed(client.get(address))) == total.charges


def test_the_export_is_whole_and_calculates_nothing(client):
    make_charge(account="=cmd()", request_id="a")
    make_charge(request_id="b", provider="azure")

    answer = client.get(f"{ROOM}charges.csv", {"state": "all"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert answer.streaming
    assert sorted((row["account"], row["due"], row["currency"]) for row in rows) == [
        ("'=cmd()", "0.5", "USD"), ("acme", "0.5", "USD"),
    ]  # fmt: skip
    assert AuditEntry.objects.get(kind="export").about == "charges.csv"
    answer = client.get(f"{ROOM}charges.csv", {"provider": "azure"})
    assert len(b"".join(answer.streaming_content).splitlines()) == 2


def test_lines_stand_side_by_side(client):
    charge = make_charge(request_id="a")
    client.post(
        f"{ROOM}import/",
        {"text": "kind,amount,currency,at,request_id\nrefund,0.2,USD,2026-01-31T14:05Z,a", "which": "known"},
    )
    page = client.get(f"{ROOM}{charge.pk}/").content.decode()

    assert "0.20 USD" in page
    assert "0.30 USD" in page


def test_a_charge_is_set_aside_and_taken_up_again(client):
    charge = make_charge()
    assert client.post(f"{ROOM}{charge.pk}/aside/", {"because": ""}).status_code == 422

    client.post(f"{ROOM}{charge.pk}/aside/", {"because": "it gave a result"})
    assert Charge.objects.get().state == "aside"
    client.post(f"{ROOM}{charge.pk}/aside/", {"because": "again"})
    assert "meanwhile" in client.get(ROOM).content.decode()
    client.post(f"{ROOM}{charge.pk}/aside/", {"back": "1"})
    assert Charge.objects.get().state == "open"


@pytest.mark.parametrize("path", [ROOM, f"{ROOM}totals/", "/compensations/"])
@pytest.mark.parametrize("count", [1, 3])
def test_statements_are_fixed(client, path, count, django_assert_num_queries):
    for number in range(count):
        make_charge(provider=f"p{number}")
    client.get(path)

    with django_assert_num_queries({ROOM: 6, f"{ROOM}totals/": 5, "/compensations/": 5}[path]):
        client.get(path)


@pytest.mark.parametrize("which", ["known", "every"])
def test_lines_are_brought_in_once_and_bad_ones_are_named(client, which):
    make_charge(request_id="req_8", amount=1)
    text = "\n".join(
        [
            "2026-01-31T14:05:00Z refund request_id=req_8 account=acme 0.25 USD",
            "2026-01-31T14:06:00Z refund request_id=req_8 account=acme",
            "no time, account=acme",
            "2026-01-31T14:07:00Z consume request_id=req_9 amount=0.75 currency=USD model=gpt-4o",
        ]
    )
    for _ in range(2):
        page = client.post(f"{ROOM}import/", {"text": text, "which": which})
        assert page.status_code == 200
        assert "line 3: at is missing" in page.content.decode()

    assert Charge.objects.get(request_id="req_8").due == Decimal("0.75")
    assert Charge.objects.filter(request_id="req_9").exists() == (which == "every")


def test_what_cannot_be_read_is_said(client):
    page = client.post(f"{ROOM}import/", {"text": "kind,amount\nrefund,much", "which": "every"})
    assert page.status_code == 422
    assert "line 2: Nothing says whose it is" in page.content.decode()
    assert client.post(f"{ROOM}import/", {"text": '{"a":', "which": "every"}).status_code == 422
    assert client.post(f"{ROOM}import/", {"text": " ", "which": "every"}).status_code == 422


def test_records_of_gateways_are_understood(client):
    text = (
        '{"type": 2, "quota": 250000, "created_at": 1769868300, "username": "acme", "model_name": "kling-v1",'
        ' "request_id": "n1", "prompt_tokens": 12}\n'
        '{"spend": 0.5, "currency": "USD", "startTime": "2026-01-31T14:05:00Z", "user": "acme", "request_id": "l1"}'
    )
    client.post(f"{ROOM}import/", {"text": text, "which": "every"})

    assert [(charge.request_id, charge.due) for charge in Charge.objects.order_by("request_id")] == [
        ("l1", Decimal("0.5")), ("n1", Decimal("0.5")),
    ]  # fmt: skip


def test_engineers_see_the_list_and_decide_nothing(client):
    make_charge()
    client.force_login(make_engineer())

    page = client.get(f"{ROOM}{Charge.objects.get().pk}/").content.decode()
    assert "Set aside" not in page
    assert "Propose compensation" in page
