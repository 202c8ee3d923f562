"""Failures and their counters into the database, by the thousand: COPY and arrays on PostgreSQL, rows on SQLite."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from tickets.models import Failure, FailureKind

from .kinds import KindOf
from .reading import FailureRow

NEARBY = timedelta(days=1)  # a row that comes again may be this far from its first time
AT_ONCE = 500  # rows asked for or written by one statement on SQLite

Counts = Mapping[tuple[datetime, int], int]
AccountCounts = Mapping[tuple[datetime, int, int], int]


class Line(NamedTuple):
    """One row of the table of failures, in the order of its columns."""

    code: UUID
    occurred_at: datetime
    received_at: datetime
    kind: int
    token: int
    source_id: str
    account: str
    account_digest: int
    key_owner: str
    key_fingerprint: str
    endpoint: str
    request_type: str
    http_status: int | None
    error_type: str
    error_code: str
    raw_error: str
    request_id: str
    task_id: str
    duration_ms: int | None
    stream: bool | None
    retries: int | None
    charged: bool | None
    amount: Decimal | None
    currency: str

    @classmethod
    def of(
        cls, code: UUID, row: FailureRow, received_at: datetime, kind: int, token: int, account_digest: int
    ) -> "Line":
        """`row` is safe, its key a fingerprint."""
        return cls(
            code, row.occurred_at, received_at, kind, token, row.source_id, row.account, account_digest,
            row.key_owner, row.key, row.endpoint, row.request_type, row.http_status, row.error_type,
            row.error_code, row.raw_error, row.request_id, row.task_id, row.duration_ms, row.stream,
            row.retries, row.charged, row.amount, row.currency,
        )  # fmt: skip


_COLUMNS = ["kind_id" if name == "kind" else "token_id" if name == "token" else name for name in Line._fields]


def codes_known(lines: Sequence[Line]) -> set[UUID]:
    """Which of them are stored already, within a day of the times of this batch."""
    times = [line.occurred_at for line in lines]
    near = Failure.objects.between(min(times) - NEARBY, max(times) + NEARBY)
    codes = [line.code for line in lines]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT code FROM tickets_failure"
                " WHERE code = ANY(%s) AND occurred_at >= %s AND occurred_at < %s",
                [codes, min(times) - NEARBY, max(times) + NEARBY],
            )
            return {code for (code,) in cursor.fetchall()}
    pieces = (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))
    return {code for some in pieces for code in near.filter(code__in=some).values_list("code", flat=True)}


def add_lines(lines: Sequence[Line]) -> None:
    """Raises IntegrityError where another process has just stored one of them."""
    if connection.vendor != "postgresql":
        Failure.objects.bulk_create(
            [Failure(**dict(zip(_COLUMNS, line, strict=True))) for line in lines], batch_size=AT_ONCE
        )
        return
    statement = f"COPY tickets_failure ({', '.join(_COLUMNS)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for line in lines:
            copy.write_row(line)


def add_kinds(kinds: Mapping[int, KindOf]) -> None:
    """In the order of their ids, so that batches at the same time never wait for each other in a ring."""
    FailureKind.objects.bulk_create(
        [FailureKind(id=number, **kinds[number]._asdict()) for number in sorted(kinds)],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )


def add_counts(accounts: AccountCounts, counts: Counts) -> None:
    _count("tickets_failureaccount", ("minute", "kind_id", "account_digest"), accounts)
    _count("tickets_failurecount", ("minute", "kind_id"), counts)


_TYPES = ("timestamptz[]", "bigint[]", "bigint[]")


def _count(table: str, key: Sequence[str], counted: Mapping[Any, int]) -> None:
    """Add to what was counted before. In the order of the keys, as `add_kinds`."""
    columns = ", ".join((*key, "failures"))
    grown = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET failures = {table}.failures + excluded.failures"
    rows = [(*place, counted[place]) for place in sorted(counted)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{kind}" for kind in (*_TYPES[: len(key)], "int[]"))
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays}) {grown}",  # noqa: S608
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            moment = connection.ops.adapt_datetimefield_value
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * (len(key) + 1))}) {grown}",  # noqa: S608
                [(moment(minute), *rest) for minute, *rest in rows],
            )
