"""Charges without a result, as failure reports, tickets and files make them."""

from decimal import Decimal
from itertools import count
from typing import Any

from tests.failures import make_row, make_token
from tickets.models import Charge, Compensation, Person
from tickets.services.charge.gathering import gather
from tickets.services.compensation.proposing import propose
from tickets.services.failure.storing import store

_numbers = count(1)


def report(*rows: dict[str, Any]) -> None:
    """As a gateway does, and gathered."""
    stored = store(rows, token=make_token())
    assert not stored.rejected
    gather()


def make_charge(**fields: Any) -> Charge:
    """One charged request of acme, 0.50 USD."""
    request = fields.pop("request_id", f"req_{next(_numbers)}")
    report(make_row(**{"charged": True, "amount": 0.5, "currency": "USD", **fields}, request_id=request))
    return Charge.objects.get(request_id=request)


def make_proposal(*charges: Charge, by: Person, **fields: Any) -> Compensation:
    named = {"amount": Decimal("0.5"), "currency": "USD", "reason": "no result", "may_grant": True, **fields}
    return propose(charges or [make_charge()], by=by, **named)
