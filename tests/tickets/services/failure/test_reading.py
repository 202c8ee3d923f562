"""One row of a gateway's report: what is read, and with which sentence a row is refused."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tickets.services.failure.columns import columns_of, read_columns
from tickets.services.failure.reading import BadRow, FailureRow, read_row

ROW = {
    "source_id": "log-1",
    "occurred_at": "2026-01-31T14:05:00+08:00",
    "account": "acme",
    "model": "gpt-4o",
    "provider": "openai",
    "raw_error": "Overloaded",
}


def test_a_row_with_nothing_but_what_is_needed():
    assert read_row(ROW) == FailureRow(
        "log-1", datetime(2026, 1, 31, 6, 5, tzinfo=UTC), "acme", "gpt-4o", "openai", "Overloaded"
    )


def test_a_full_row():
    row = read_row(
        {
            **ROW,
            "key_owner": "ops",
            "key": "a key",
            "route": "east",
            "group": "vip",
            "endpoint": "/v1/chat/completions",
            "request_type": "chat",
            "http_status": 529,
            "error_type": "overloaded_error",
            "error_code": 1305,
            "request_id": "req-1",
            "task_id": "task-1",
            "duration_ms": 1200.4,
            "stream": True,
            "retries": "2",
            "charged": False,
            "amount": "0.0000015",
            "currency": "USD",
            "unknown": {"is": "left aside"},
        }
    )

    assert (row.http_status, row.error_code, row.duration_ms, row.retries) == (529, "1305", 1200, 2)
    assert (row.stream, row.charged, row.amount) == (True, False, Decimal("0.000002"))


@pytest.mark.parametrize("account", ["", 17])
def test_an_account_may_be_unknown_or_a_number(account):
    assert read_row({**ROW, "account": account}).account == str(account)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"source_id": None}, "source_id is missing."),
        ({"source_id": " "}, "source_id is empty."),
        ({"account": None}, "account is missing."),
        ({"model": ["gpt-4o"]}, "model must be a text."),
        ({"model": "m" * 121}, "model is longer than 120 characters."),
        ({"raw_error": "x" * 100_001}, "raw_error is longer than 100,000 characters."),
        ({"http_status": 42}, "http_status must be a number from 100 to 599."),
        ({"http_status": True}, "http_status must be a number from 100 to 599."),
        ({"duration_ms": "soon"}, "duration_ms must be a number from 0 to 2147483647."),
        ({"retries": float("inf")}, "retries must be a number from 0 to 32767."),
        ({"charged": "yes"}, "charged must be true or false."),
        ({"amount": -1}, "amount must be an amount, such as 0.25."),
        ({"amount": "NaN"}, "amount must be an amount, such as 0.25."),
        ({"amount": {}}, "amount must be an amount, such as 0.25."),
    ],
)
def test_what_does_not_fit_is_named(changed, sentence):
    with pytest.raises(BadRow, match=f"^{sentence}$"):
        read_row({**ROW, **changed})


@pytest.mark.parametrize(
    "time",
    ["yesterday", 1767225600, "2026-01-31T14:05:00", "0001-01-01T00:00:00+14:00", "2026-02-30T00:00Z", []],
)
def test_a_time_needs_its_zone(time):
    with pytest.raises(BadRow, match=r"^occurred_at must be a time with its zone, such as "):
        read_row({**ROW, "occurred_at": time})


@pytest.mark.parametrize("given", [None, 1, "row", [ROW]])
def test_a_row_is_an_object(given):
    with pytest.raises(BadRow, match=r"^A row must be an object\.$"):
        read_row(given)


FULL = {
    **ROW, "key_owner": "ops", "key": "a key", "route": "east", "group": "vip", "endpoint": "/v1", "http_status": 529,
    "request_type": "chat", "error_type": "overloaded_error", "error_code": "1305", "request_id": "req-1",
    "task_id": "task-1", "duration_ms": 1200, "stream": True, "retries": 2, "charged": False, "amount": "0.25",
    "currency": "USD",
}  # fmt: skip


def test_a_batch_is_read_as_its_rows_are():
    rows = [
        ROW,
        FULL,
        {**FULL, "occurred_at": "2026-01-31T14:05:00Z", "stream": None, "route": None, "amount": 3},
    ]
    columns = read_columns(rows)

    assert columns is not None
    assert list(zip(*columns.values(), strict=True)) == [read_row(row) for row in rows]
    assert columns == {field: list(column) for field, column in columns_of(list(map(read_row, rows))).items()}


@pytest.mark.parametrize("odd", [
    "a text", None,
    *({**FULL, **changed} for changed in (
        {"account": None}, {"account": 17}, {"error_code": 1305}, {"source_id": " "}, {"model": "m" * 121},
        {"route": ["east"]}, {"occurred_at": "2026-01-31T14:05:00"}, {"occurred_at": 17}, {"http_status": 99},
        {"http_status": True}, {"http_status": "529"}, {"duration_ms": 1.5}, {"retries": 10**6}, {"stream": 1},
        {"charged": "yes"}, {"amount": -1}, {"amount": "much"}, {"amount": True},
    )),
])  # fmt: skip
def test_a_batch_with_an_odd_row_is_read_row_by_row(odd):
    assert read_columns([FULL, odd]) is None
