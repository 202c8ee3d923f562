"""Failures and their counters into the database, by the thousand: COPY and arrays on PostgreSQL, rows on SQLite."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from tickets.models import Failure, FailureKind

from .copying import as_copied
from .kinds import KindOf

NEARBY = timedelta(hours=1)  # a row that comes again may be this far from its first time
AT_ONCE = 500  # rows asked for or written by one statement on SQLite


class Line(NamedTuple):
    """One row of the table of failures, in the order of its columns."""

    code: str  # 32 hexadecimal digits
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


_COLUMNS = ["kind_id" if name == "kind" else "token_id" if name == "token" else name for name in Line._fields]


def codes_known(lines: Sequence[Line]) -> set[str]:
    """Which of them are stored already, within an hour of the times of this batch."""
    times = [line.occurred_at for line in lines]
    since, until = min(times) - NEARBY, max(times) + NEARBY
    codes = [line.code for line in lines]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                # One look into the index for each code: left to itself, the planner may read the whole day instead.
                "SELECT asked.code FROM unnest(%s::uuid[]) AS asked (code), LATERAL (SELECT 1 FROM tickets_failure"
                " WHERE code = asked.code AND occurred_at >= %s AND occurred_at < %s LIMIT 1) AS found",
                [_array(codes), since, until],
            )
            return {code.hex for (code,) in cursor.fetchall()}
    near = Failure.objects.between(since, until)
    pieces = (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))
    return {code.hex for some in pieces for code in near.filter(code__in=some).values_list("code", flat=True)}


def add_lines(lines: Sequence[Line]) -> None:
    """Raises IntegrityError where another process has just stored one of them."""
    if connection.vendor != "postgresql":
        Failure.objects.bulk_create(
            [Failure(**dict(zip(_COLUMNS, line, strict=True))) for line in lines], batch_size=AT_ONCE
        )
        return
    copy_in("tickets_failure", _COLUMNS, lines)


def add_kinds(kinds: Mapping[int, KindOf]) -> None:
    """Those that are not there yet. In the order of their ids, so that batches at the same time never wait for each
    other in a ring.
    """
    new = sorted(kinds.keys() - _kinds_known(list(kinds)))
    FailureKind.objects.bulk_create(
        [FailureKind(id=number, **kinds[number]._asdict()) for number in new],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )


def _kinds_known(numbers: list[int]) -> set[int]:
    if connection.vendor != "postgresql":
        return set(FailureKind.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tickets_failurekind WHERE id = ANY(%s::bigint[])", [_array(numbers)])
        return {number for (number,) in cursor.fetchall()}


def add_accounts(accounts: Mapping[tuple[datetime, int, int], int]) -> None:
    """Which accounts the fresh lines are of."""
    key = ("minute", "kind_id", "account_digest")
    if connection.vendor != "postgresql":
        _upsert("tickets_failureaccount", key, accounts)
        return
    rows = [(*place, failures) for place, failures in accounts.items()]
    copy_in("tickets_failureaccount", (*key, "failures"), rows)


def add_counts(counts: Mapping[tuple[datetime, int], int]) -> None:
    """Add to what was counted before, in the order of the keys, as `add_kinds`."""
    if connection.vendor != "postgresql":
        _upsert("tickets_failurecount", ("minute", "kind_id"), counts)
        return
    places = sorted(counts)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_failurecount (minute, kind_id, failures)"
            " SELECT * FROM unnest(%s::timestamptz[], %s::bigint[], %s::int[]) ON CONFLICT (minute, kind_id)"
            " DO UPDATE SET failures = tickets_failurecount.failures + excluded.failures",
            [
                _array(minute for minute, _ in places),
                _array(kind for _, kind in places),
                _array(counts[place] for place in places),
            ],
        )


def copy_in(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL only. Each column holds values of one type, and None."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(as_copied(rows))


def _upsert(table: str, key: Sequence[str], counted: Mapping[Any, int]) -> None:
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(key)}, failures) VALUES ({', '.join(['%s'] * len(key))}, %s)"  # noqa: S608
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET failures = {table}.failures + excluded.failures",
            [(moment(minute), *rest, failures) for (minute, *rest), failures in counted.items()],
        )


def _array(values: Iterable[object]) -> str:
    """An array as PostgreSQL writes it: for thousands of ids and times, several times as quick as a list."""
    return f"{{{','.join(map(str, values))}}}"
