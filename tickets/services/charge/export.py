"""Charges as a table for a spreadsheet, row by row."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from tickets.models.charge import ChargeQuerySet
from tickets.services.audit import FORMULA

COLUMNS = (
    "id", "occurred_at", "state", "account", "provider", "model", "cause", "request_id", "task_id", "ticket_id",
    "reserved", "settled", "refunded", "due", "is_estimate", "currency", "reports", "credited", "compensation_id",
    "compensation__reference",
)  # fmt: skip
AT_A_TIME = 2000


def as_csv(charges: ChargeQuerySet) -> Iterator[str]:
    """A bounded number in memory, however many there are."""
    yield ",".join(column.replace("__", "_") for column in COLUMNS) + "\r\n"
    for row in charges.order_by("-occurred_at", "-pk").values_list(*COLUMNS).iterator(AT_A_TIME):
        written = io.StringIO()
        csv.writer(written).writerow(_cell(value) for value in row)
        yield written.getvalue()


def _cell(value: object) -> str:
    """What a spreadsheet would calculate is told as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
