"""The days that failures are kept in: on PostgreSQL a partition each, which is dropped whole; on SQLite rows that
are deleted a bounded number at a time.
"""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, models, transaction

from tickets.models import Failure, FailureAccount

UTC = ZoneInfo("UTC")
KEPT_BY_DAY: dict[type[models.Model], str] = {Failure: "occurred_at", FailureAccount: "minute"}
MOST_AT_ONCE = 5_000  # rows deleted by one statement
_LOCK = 0x6661_696C  # of those who make partitions; any number that nobody else uses


def start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def ensure_days(days: Iterable[date]) -> None:
    """Make what is not there yet. Does nothing on SQLite."""
    if connection.vendor != "postgresql":
        return
    for day in sorted(set(days)):
        if not _stands(day):
            _make(day)


def drop_before(day: date, *, end: float) -> bool:
    """Forget the rows of all days before this one. Says whether all of them went by `end` (of the monotonic clock)."""
    if connection.vendor == "postgresql":
        for model in KEPT_BY_DAY:
            _drop_partitions(model._meta.db_table, day)
        return True
    return all(
        delete_in_pieces(model, column, start_of(day), end=end) for model, column in KEPT_BY_DAY.items()
    )


def delete_in_pieces(model: type[models.Model], column: str, before: datetime, *, end: float) -> bool:
    """Short statements one after the other, so that nobody else waits long for a lock. Says whether all went."""
    table = model._meta.db_table
    row = "ctid" if connection.vendor == "postgresql" else "rowid"
    statement = (
        f"DELETE FROM {table} WHERE {row} IN"  # noqa: S608  # names from the models
        f" (SELECT {row} FROM {table} WHERE {column} < %s LIMIT {MOST_AT_ONCE})"
    )
    value = connection.ops.adapt_datetimefield_value(before)
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(statement, [value])
            if cursor.rowcount < MOST_AT_ONCE:
                return True
    return False


def _name(table: str, day: date) -> str:
    return f"{table}_{day:%Y%m%d}"


def _stands(day: date) -> bool:
    last = list(KEPT_BY_DAY)[-1]._meta.db_table
    with connection.cursor() as cursor:
        # Not to_regclass, which answers from what this connection last knew: it would not see, after the wait for
        # the lock, what the one before us made.
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_class WHERE relname = %s AND pg_table_is_visible(oid))",
            [_name(last, day)],
        )
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _make(day: date) -> None:
    """Made beside the table and attached then, which lets readers and writers of other days go on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if _stands(day):
            return
        for model in KEPT_BY_DAY:
            table = model._meta.db_table
            name = _name(table, day)
            cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
            cursor.execute(
                f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM (%s) TO (%s)",
                [start_of(day), start_of(day + timedelta(days=1))],
            )


@transaction.atomic
def _drop_partitions(table: str, day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL lock_timeout = '5s'"
        )  # a long reader makes us come again, not everybody wait
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid"
            " WHERE inhparent = %s::regclass AND relname < %s",
            [table, _name(table, day)],
        )
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f"DROP TABLE {name}")
