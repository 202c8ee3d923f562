"""An operator's billing reports what was reserved, settled and refunded."""

import gzip
import json
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.charges import make_charge
from tests.factories import make_billing
from tickets.models import AuditEntry, Charge, ChargeLine, Scope
from tickets.services.token import create_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client):
    secret = create_token(name="billing", scopes=[Scope.CHARGES])[1]

    def post(body: Any, **headers: str) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body)
        return client.post(
            "/api/v1/charges",
            content,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", **headers},
        )

    return post


def line(**fields: Any) -> dict[str, Any]:
    at = timezone.now().isoformat()
    return {
        "id": "1",
        "kind": "refund",
        "at": at,
        "request_id": "req_a",
        "amount": 0.2,
        "currency": "USD",
        **fields,
    }


def test_reserve_settle_and_refund_stand_side_by_side(client, send):
    charge = make_charge(request_id="req_a", amount=None)
    answer = send([
        line(id="1", kind="reserve", amount=0.6),
        line(id="2", kind="settle", amount=0.5),
        line(id="3", kind="refund", amount=0.2),
    ])  # fmt: skip

    assert answer.json() == {"accepted": 3, "duplicates": 0, "unknown": [], "rejected": []}
    charge.refresh_from_db()
    assert (charge.reserved, charge.settled, charge.refunded, charge.due) == (
        Decimal("0.6"), Decimal("0.5"), Decimal("0.2"), Decimal("0.3"),
    )  # fmt: skip
    client.force_login(make_billing())
    page = client.get(reverse("charge", args=[charge.pk])).content.decode()
    assert page.count("billing system") == 3


def test_what_is_sent_again_counts_once(send):
    make_charge(request_id="req_a")
    lines = [line(id="1"), line(id="1"), line(id="2", amount=0.1)]

    assert send(lines).json()["accepted"] == 2
    assert send(lines).json() == {"accepted": 0, "duplicates": 3, "unknown": [], "rejected": []}
    assert ChargeLine.objects.filter(source="billing").count() == 2


def test_another_sender_has_numbers_of_its_own(client, send):
    make_charge(request_id="req_a")
    send([line(id="1")])
    secret = create_token(name="other", scopes=[Scope.CHARGES])[1]
    answer = client.post(
        "/api/v1/charges",
        json.dumps([line(id="1", amount=0.1)]),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )

    assert answer.json()["accepted"] == 1


def test_lines_of_requests_that_nobody_knows_are_named_and_not_kept(send):
    assert send([line(request_id="req_fine")]).json()["unknown"] == [0]
    assert not ChargeLine.objects.exists()


def test_a_request_that_failed_by_the_senders_word_is_a_charge(send):
    assert send([line(kind="settle", failed=True)]).json()["accepted"] == 1
    assert Charge.objects.get().due == Decimal("0.2")


def test_a_bad_line_spoils_no_other(send):
    make_charge(request_id="req_a")
    answer = send([line(kind="gift"), 7, line(at="yesterday"), line(id="9")])

    assert answer.status_code == 200
    assert answer.json()["accepted"] == 1
    assert [each["index"] for each in answer.json()["rejected"]] == [0, 1, 2]


def test_ndjson_and_gzip_are_taken(send):
    make_charge(request_id="req_a")
    body = gzip.compress(b"\n".join(json.dumps(line(id=str(number))).encode() for number in range(3)))

    assert send(body, **{"Content-Encoding": "gzip"}).json()["accepted"] == 3


def test_too_many_at_once_are_refused(send):
    assert send([line(id=str(number)) for number in range(5001)]).status_code == 413


def test_what_was_kept_stands_in_the_audit(send):
    make_charge(request_id="req_a")
    send([line()])

    entry = AuditEntry.objects.get(about="charge lines reported")
    assert entry.actor.startswith("token billing")
    assert entry.after == {"lines": 1}


def test_the_description_tells_of_it(client):
    described = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/charges"]["post"]

    assert described["requestBody"]["content"]["application/json"]["schema"]["items"]["properties"]["kind"] == {
        "type": "string", "enum": ["refund", "reserve", "settle"],
    }  # fmt: skip
