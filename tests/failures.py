"""Rows as gateways report them."""

from datetime import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from tickets.models import ApiToken, Scope
from tickets.services.token import create_token

_numbers = count(1)


def make_token(**fields: Any) -> ApiToken:
    return create_token(**{"name": "gateway", "scopes": [Scope.FAILURES], **fields})[0]


def make_row(*, occurred_at: datetime | None = None, **fields: Any) -> dict[str, Any]:
    """One failed request, just now."""
    return {
        "source_id": f"row-{next(_numbers)}",
        "occurred_at": (occurred_at or timezone.now()).isoformat(),
        "account": "acme",
        "model": "gpt-4o",
        "provider": "openai",
        "raw_error": "The engine is currently overloaded",
        **fields,
    }
