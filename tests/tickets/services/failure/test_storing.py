"""A batch of reported failures: what is stored, counted, refused, and never stored."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import fake_key
from tests.failures import make_row, make_token
from tickets.models import Failure, FailureAccount, FailureCount, FailureKind
from tickets.services.failure.reading import BadRow
from tickets.services.failure.storing import Stored, store

pytestmark = pytest.mark.django_db


def minute() -> datetime:
    return timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=5)


def test_a_batch_is_stored_and_counted():
    at = minute()
    rows = [make_row(occurred_at=at, account=account) for account in ("a", "a", "b", "")]
    stored = store(rows, token=make_token())

    kind = FailureKind.objects.get()
    assert stored == Stored(accepted=4)
    assert (kind.provider, kind.model, kind.words) == (
        "openai",
        "gpt-4o",
        "the engine is currently overloaded",
    )
    assert list(FailureCount.objects.values_list("minute", "kind", "failures")) == [(at, kind.pk, 4)]
    assert sorted(FailureAccount.objects.values_list("failures", flat=True)) == [1, 1, 2]


def test_what_comes_again_counts_once():
    token = make_token()
    rows = [make_row(source_id=f"log-{number}") for number in range(3)]
    store(rows, token=token)

    again = store([*rows, rows[0], make_row(source_id="log-3")], token=token)

    assert again == Stored(accepted=1, duplicates=4)
    assert Failure.objects.count() == 4
    assert sum(FailureCount.objects.values_list("failures", flat=True)) == 4


def test_another_time_makes_no_other_row():
    token = make_token()
    store([make_row(source_id="log-1", occurred_at=minute())], token=token)

    again = store([make_row(source_id="log-1", occurred_at=minute() - timedelta(minutes=50))], token=token)

    assert again == Stored(duplicates=1)


def test_two_senders_may_number_alike():
    row = make_row(source_id="1")

    assert store([row], token=make_token()).accepted == 1
    assert store([row], token=make_token()).accepted == 1


def test_bad_rows_are_named_and_spoil_nothing():
    far = timezone.now() + timedelta(days=3)
    rows = [
        make_row(),
        {"source_id": "x"},
        BadRow("This line is no JSON."),
        make_row(occurred_at=far),
        make_row(occurred_at=far - timedelta(days=500)),
        make_row(),
    ]

    assert store(rows, token=make_token()) == Stored(
        accepted=2,
        rejected=[
            (1, "occurred_at is missing."),
            (2, "This line is no JSON."),
            (3, "occurred_at lies more than a day ahead."),
            (4, "occurred_at is longer ago than the 400 days that are counted."),
        ],
    )


def test_alike_errors_are_of_one_kind_whatever_ids_and_models_they_name():
    error = "Rate limit reached for {} in organization org-{} on requests per min (RPM): Limit 3, Used {}."
    rows = [
        make_row(model="gpt-4o", raw_error=error.format("gpt-4o", "a1b2c3d4e5f6", 3)),
        make_row(model="gpt-4o", raw_error=error.format("gpt-4o", "f6e5d4c3b2a1", 17)),
        make_row(model="o3-mini", raw_error=error.format("o3-mini", "f6e5d4c3b2a1", 1)),
    ]
    store(rows, token=make_token())

    assert FailureKind.objects.count() == 2
    assert FailureKind.objects.values("fingerprint").distinct().count() == 1


def test_no_secret_is_stored_in_any_field():
    key = fake_key()
    texts = ("account", "model", "route", "group", "endpoint", "error_type", "error_code", "key_owner",
             "request_id", "task_id", "source_id", "raw_error", "key")  # fmt: skip
    rows = [make_row() | {field: f"x {key}"} for field in texts]
    rows.append(make_row(key="an odd key 0123456789", raw_error="refused: an odd key 0123456789"))
    store(rows, token=make_token())

    kept = [*Failure.objects.values_list(), *FailureKind.objects.values_list()]
    assert Failure.objects.count() == len(rows)
    assert [
        row for row in kept if any("Q7f3Q7f3" in str(value) or "an odd key" in str(value) for value in row)
    ] == []
    assert Failure.objects.exclude(key_fingerprint="").count() == 2


def test_unreadable_characters_and_long_errors_do_no_harm():
    rows = [
        make_row(raw_error="a\x00b\ud800", account="\x00", request_id="r\x00"),
        make_row(raw_error="x " * 20_000, model="m\ud800"),
        make_row(raw_error="", error_type="", error_code="", http_status=502),
    ]

    assert store(rows, token=make_token()) == Stored(accepted=3)
    longest = max(Failure.objects.values_list("raw_error", flat=True), key=len)
    assert len(longest) <= 8_000
    assert "characters left out" in longest


def test_everything_a_row_says_is_kept():
    said: dict[str, Any] = {
        "key_owner": "ops", "endpoint": "/v1/chat/completions", "request_type": "chat", "http_status": 529,
        "error_type": "overloaded_error", "error_code": "1305", "request_id": "req-1", "task_id": "task-1",
        "duration_ms": 1200, "stream": True, "retries": 2, "charged": True, "amount": 0.25, "currency": "USD",
    }  # fmt: skip
    store([make_row(route="east", group="vip", **said)], token=make_token())
    failure = Failure.objects.select_related("kind").get()

    assert {field: getattr(failure, field) for field in said} == said
    assert (failure.kind.route, failure.kind.group) == ("east", "vip")
