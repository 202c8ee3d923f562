"""One row as a gateway reports it, read strictly into a `FailureRow`. Nothing here has been redacted yet."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, cast

LONGEST_ERROR = 100_000  # characters; more is refused
# Most characters of each text. Shorter than the column where masking may lengthen it.
TEXTS: Mapping[str, int] = {
    "source_id": 160,
    "account": 200,
    "key_owner": 200,
    "key": 1_000,
    "model": 120,
    "provider": 80,
    "route": 120,
    "group": 80,
    "endpoint": 200,
    "request_type": 40,
    "error_type": 120,
    "error_code": 120,
    "raw_error": LONGEST_ERROR,
    "request_id": 200,
    "task_id": 200,
    "currency": 8,
}
REQUIRED = (
    "source_id",
    "occurred_at",
    "account",
    "model",
    "provider",
    "raw_error",
)  # some may be empty texts
REFUSED = object()
NEVER_EMPTY = ("source_id", "model", "provider")
BOUNDS = {"http_status": (100, 599), "duration_ms": (0, 2**31 - 1), "retries": (0, 32_767)}
YES_NO = ("stream", "charged")


class BadRow(ValueError):
    """The row cannot be taken; the message says what would fit."""


class FailureRow(NamedTuple):
    """`occurred_at` is in UTC. `key` is the key itself, if it was sent: it is never stored or shown."""

    source_id: str
    occurred_at: datetime
    account: str
    model: str
    provider: str
    raw_error: str
    key_owner: str = ""
    key: str = ""
    route: str = ""
    group: str = ""
    endpoint: str = ""
    request_type: str = ""
    http_status: int | None = None
    error_type: str = ""
    error_code: str = ""
    request_id: str = ""
    task_id: str = ""
    duration_ms: int | None = None
    stream: bool | None = None
    retries: int | None = None
    charged: bool | None = None
    amount: Decimal | None = None
    currency: str = ""


def read_row(given: object) -> FailureRow:
    """Raises BadRow with one sentence that names the field. Fields that are not known are left aside."""
    if not isinstance(given, dict):
        raise BadRow("A row must be an object.")
    values: list[Any] = []
    for field, most, read, missing in _FIELDS:
        value = given.get(field)
        if value is None:
            if missing is REFUSED:
                raise BadRow(f"{field} is missing.")
            value = missing
        elif not most:
            value = read(field, value)
        elif type(value) is not str or len(value) > most:
            value = _as_text(field, value, most)
        values.append(value)
    row = FailureRow._make(values)
    for field in NEVER_EMPTY:
        if not getattr(row, field).strip():
            raise BadRow(f"{field} is empty.")
    return row


def _as_text(field: str, value: object, most: int) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise BadRow(f"{field} must be a text.")
    text = str(value)  # gateways number accounts, rows and codes
    if len(text) > most:
        raise BadRow(f"{field} is longer than {most:,} characters.")
    return text


def _time(field: str, value: object) -> datetime:
    try:
        time = datetime.fromisoformat(cast(str, value))
        if time.tzinfo is not None:
            return time if time.tzinfo is UTC else time.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise BadRow(f"{field} must be a time with its zone, such as 2026-01-31T14:05:00Z.")


def _whole(field: str, value: object) -> int | None:
    if value == "":
        return None
    try:
        if isinstance(value, bool):
            raise ValueError
        number = round(float(cast(str, value)))
    except (TypeError, ValueError, OverflowError):
        number = -1
    low, high = BOUNDS[field]
    if not low <= number <= high:
        raise BadRow(f"{field} must be a number from {low} to {high}.")
    return number


def _yes_no(field: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise BadRow(f"{field} must be true or false.")


def amount_of(field: str, value: object) -> Decimal | None:
    if value == "":
        return None
    try:
        amount = Decimal(str(value)) if not isinstance(value, bool) else Decimal(-1)
        if 0 <= amount < 10**9:
            return round(amount, 6)
    except InvalidOperation:
        pass
    raise BadRow(f"{field} must be an amount, such as 0.25.")


_KINDS: Mapping[str, Callable[[str, object], object]] = {
    "occurred_at": _time,
    "http_status": _whole,
    "duration_ms": _whole,
    "retries": _whole,
    "stream": _yes_no,
    "charged": _yes_no,
    "amount": amount_of,
}
_FIELDS = [
    (
        field,
        TEXTS.get(field, 0),
        _KINDS.get(field, _yes_no),
        REFUSED if field in REQUIRED else FailureRow._field_defaults[field],
    )
    for field in FailureRow._fields
]
