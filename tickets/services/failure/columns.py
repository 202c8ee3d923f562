"""A batch read column by column: what is asked of one value is asked of a thousand in one go.

Only for rows that are plainly right; of any other batch each row is read by itself, which says what is wrong with it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .reading import BOUNDS, NEVER_EMPTY, REQUIRED, TEXTS, YES_NO, BadRow, FailureRow, amount_of

Columns = Mapping[str, Sequence[Any]]  # the values of each field of FailureRow, in the order of the rows
NOTHING = type(None)


def columns_of(rows: Sequence[FailureRow]) -> Columns:
    return dict(zip(FailureRow._fields, zip(*rows, strict=True), strict=True)) if rows else {}


def read_columns(given: Sequence[object]) -> Columns | None:
    """As `read_row` reads each of them; None where any row needs a closer look."""
    if set(map(type, given)) != {dict}:
        return None
    columns: dict[str, Sequence[Any]] = {}
    for field in FailureRow._fields:
        read = _column(field, [row.get(field) for row in given])  # type: ignore[attr-defined]  # all are dicts
        if read is None:
            return None
        columns[field] = read
    return columns


def _column(field: str, values: list[Any]) -> Sequence[Any] | None:
    kinds = set(map(type, values))
    if field in TEXTS:
        return _texts(field, values, kinds)
    if field == "occurred_at":
        return _times(values)
    if kinds == {NOTHING}:
        return values
    if field in BOUNDS:
        return _numbers(field, values) if kinds <= {int, NOTHING} else None
    if field in YES_NO:
        return values if kinds <= {bool, NOTHING} else None
    return _amounts(field, values)


def _texts(field: str, values: list[Any], kinds: set[type]) -> Sequence[str] | None:
    if kinds != {str}:
        if field in REQUIRED or not kinds <= {str, NOTHING}:
            return None
        values = [value or "" for value in values]
    if len(max(values, key=len)) > TEXTS[field]:
        return None
    if field in NEVER_EMPTY and not all(map(str.strip, values)):
        return None
    return values


def _times(values: list[Any]) -> Sequence[datetime] | None:
    try:
        times = list(map(datetime.fromisoformat, values))
        zones = {time.tzinfo for time in times}
        if None in zones:
            return None
        return times if zones == {UTC} else [time.astimezone(UTC) for time in times]
    except (TypeError, ValueError, OverflowError):
        return None


def _numbers(field: str, values: list[int | None]) -> Sequence[int | None] | None:
    low, high = BOUNDS[field]
    told = [value for value in values if value is not None]
    return values if low <= min(told) and max(told) <= high else None


def _amounts(field: str, values: list[Any]) -> Sequence[Any] | None:
    try:
        return [None if value is None else amount_of(field, value) for value in values]
    except BadRow:
        return None
