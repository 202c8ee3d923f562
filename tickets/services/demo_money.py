"""Demo failures, charges and a compensation that waits for a second person, so that ledger and list show something."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tickets.models import (
    Charge,
    GatewayModel,
    Incident,
    IncidentChange,
    Person,
    ProviderNotice,
    Scope,
    Ticket,
)

from .charge.bringing import bring, read
from .charge.gathering import gather
from .charge.of_ticket import state_charge
from .compensation.proposing import propose
from .failure.storing import store
from .gateway_model import save_model
from .token import create_token

OVERLOADED = "Error code: 503 - the model is overloaded, please try again later"
LIMITED = "Error code: 429 - Rate limit reached for organization org-Upstream on tokens per min"
TASK_FAILED = "task failed: internal error, please try again"
ACCOUNTS = ("Brightpath Studio", "Quillworks", "Polar Reel", "上海云栈", "Nordwind Labs", "Harbor AI")


def make_money(*, agent: Person, engineer: Person, admin: Person) -> None:
    now = timezone.now().replace(second=0, microsecond=0)
    _list_prices(admin)
    token, _ = create_token(name="demo gateway", scopes=[Scope.FAILURES])
    rows = [*_failures(now), *_charged(now)]
    store([{**row, "source_id": f"demo-{number}"} for number, row in enumerate(rows)], token=token)
    gather()
    for ticket in Ticket.objects.filter(charged=True):
        state_charge(ticket.pk)
    _bring_refund(now, admin)
    _make_incident(now - timedelta(hours=26), engineer)
    _propose(agent)


def _list_prices(admin: Person) -> None:
    for name, unit, price in (("kling-v1-6", "per_call", "1.2"), ("gpt-4o", "per_1m_tokens", "2.5")):
        save_model(GatewayModel(name=name, unit=unit, price=Decimal(price), currency="USD"), by=admin)


def _failures(now: datetime) -> list[dict[str, Any]]:
    """A quiet ground over six days, and an hour yesterday in which gpt-4o fails for many."""
    quiet = [
        _row(now - timedelta(hours=hour, minutes=hour * 7 % 60), hour, "openai", "gpt-4o", LIMITED, 429)
        for hour in range(2, 140, 3)
    ]
    others = [
        _row(now - timedelta(hours=hour), hour, "anthropic", "claude-sonnet-4", OVERLOADED, 529)
        for hour in range(5, 140, 11)
    ]
    bad_hour = [
        _row(
            now - timedelta(hours=26) + timedelta(seconds=40 * step),
            step,
            "openai",
            "gpt-4o",
            OVERLOADED,
            503,
        )
        for step in range(90)
    ]
    return [*quiet, *others, *bad_hour]


def _charged(now: datetime) -> list[dict[str, Any]]:
    """Tasks that failed and cost, one reported twice, one without an amount."""
    made = []
    for step, (hours, amount) in enumerate(((3, 1.2), (3, 1.2), (9, 2.4), (30, 0.6), (50, None))):
        row = _row(now - timedelta(hours=hours), 2, "kling", "kling-v1-6", TASK_FAILED, 500)
        charge = {} if amount is None else {"amount": amount, "currency": "USD"}
        made.append({**row, **charge, "charged": True, "task_id": f"task_88120477{10 + max(1, step)}"})
    short = _row(now - timedelta(hours=25, minutes=40), 0, "openai", "gpt-4o", OVERLOADED, 503)
    return [*made, {**short, "charged": True, "amount": 0.04, "currency": "USD", "request_id": "req_demo_4o"}]


def _row(at: datetime, number: int, provider: str, model: str, error: str, status: int) -> dict[str, Any]:
    return {
        "occurred_at": at.isoformat(),
        "account": ACCOUNTS[number % len(ACCOUNTS)],
        "provider": provider,
        "model": model,
        "raw_error": error,
        "http_status": status,
    }


def _bring_refund(now: datetime, admin: Person) -> None:
    """A reservation of a known task, and what the gateway gave back of it by itself."""
    before, later = now - timedelta(hours=30, minutes=5), now - timedelta(hours=29)
    lines = [
        f"{before.isoformat()} reserve task_id=task_8812047713 amount=1.20 currency=USD",
        f"{later.isoformat()} refund task_id=task_8812047713 amount=0.30 currency=USD",
    ]
    bring(read("\n".join(lines)).lines, by=admin, only_known=True)


def _make_incident(since: datetime, engineer: Person) -> None:
    incident = Incident.objects.create(
        title="gpt-4o answers 503 for most accounts",
        provider="openai",
        model="gpt-4o",
        state=Incident.State.RESOLVED,
        opened_by=engineer,
        resolved_at=since + timedelta(minutes=70),
    )
    Incident.objects.filter(pk=incident.pk).update(opened_at=since + timedelta(minutes=6))
    IncidentChange.objects.create(
        incident=incident, kind=IncidentChange.Kind.OPENED, by=engineer, state=Incident.State.INVESTIGATING
    )
    ProviderNotice.objects.create(
        provider="openai",
        title="Elevated error rates on gpt-4o",
        published_at=since + timedelta(minutes=31),
        ended_at=since + timedelta(minutes=80),
        by=engineer,
    )


def _propose(agent: Person) -> None:
    charge = Charge.objects.free().filter(provider="kling", due__gt=0, is_estimate=False, ticket=None).first()
    if charge is not None:
        propose(
            [charge],
            by=agent,
            amount=charge.owed,
            currency=charge.currency,
            reason="The task failed at the provider, and the customer was charged for it.",
            may_grant=False,
        )
