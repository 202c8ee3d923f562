"""Old failures are forgotten: rows first, counters much later, and nothing that is still wanted."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.failures import make_row, make_token
from tests.plumbing import wait_until
from tickets.models import Failure, FailureAccount, FailureCount, FailureKind, Job
from tickets.services import outbox
from tickets.services.failure import days
from tickets.services.failure.keeping import ask_daily, forget_failures
from tickets.services.failure.storing import store
from tickets.tasks import KINDS

pytestmark = pytest.mark.django_db


def noon(days_ago: int) -> datetime:
    now = datetime.now(UTC)
    return now.replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)


def test_rows_are_kept_for_a_set_number_of_days(settings):
    settings.FAILURE_DAYS = 3
    store([make_row(occurred_at=noon(ago), model=f"m{ago}") for ago in range(1, 7)], token=make_token())

    forget_failures(idempotency_key="")

    kept = [noon(1), noon(2), noon(3)]
    assert list(Failure.objects.order_by("-occurred_at").values_list("occurred_at", flat=True)) == kept
    assert list(FailureAccount.objects.order_by("-minute").values_list("minute", flat=True)) == kept
    assert FailureCount.objects.count() == FailureKind.objects.count() == 6


def test_counters_and_kinds_go_later(settings):
    settings.FAILURE_COUNT_DAYS = 4
    store([make_row(occurred_at=noon(ago), model=f"m{ago}") for ago in (1, 2, 3)], token=make_token())
    settings.FAILURE_COUNT_DAYS = 2

    forget_failures(idempotency_key="")

    assert sorted(FailureKind.objects.values_list("model", flat=True)) == ["m1", "m2"]
    assert FailureCount.objects.count() == 2


def test_what_does_not_end_in_time_goes_on_later(settings, monkeypatch):
    settings.FAILURE_DAYS = 1
    settings.FAILURE_COUNT_DAYS = 9
    monkeypatch.setattr("tickets.services.failure.keeping.AT_A_TIME", -1)

    forget_failures(idempotency_key="")

    assert list(Job.objects.open().values_list("kind", flat=True)) == ["forget_failures"]


def test_many_rows_go_in_pieces(settings, monkeypatch):
    settings.FAILURE_DAYS = 1
    monkeypatch.setattr(days, "MOST_AT_ONCE", 2)
    store([make_row(occurred_at=noon(5)) for _ in range(5)], token=make_token())

    forget_failures(idempotency_key="")

    assert Failure.objects.count() == FailureAccount.objects.count() == 0


def test_it_is_asked_for_once_a_day_and_done_by_a_worker():
    ask_daily()
    ask_daily()
    assert outbox.drain(KINDS) == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_each_day_is_a_partition_that_is_dropped_whole(settings):
    settings.FAILURE_DAYS = 3
    store([make_row(occurred_at=noon(5)), make_row(occurred_at=noon(1))], token=make_token())
    forget_failures(idempotency_key="")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid"
            " WHERE inhparent = 'tickets_failure'::regclass ORDER BY 1"
        )
        names = [name for (name,) in cursor.fetchall()]
    today = timezone.now().date()
    assert names == [f"tickets_failure_{today + timedelta(days=ahead):%Y%m%d}" for ahead in (-1, 0, 1, 2)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_two_that_need_the_same_day_at_once_make_it_once():
    day = timezone.now().date() + timedelta(days=40)
    problems: list[Exception] = []
    second = threading.Thread(target=_make_day, args=(day, problems))
    with transaction.atomic():
        days.ensure_days([day])
        second.start()
        wait_until(_somebody_waits)
    second.join()

    assert problems == []


def _make_day(day: date, problems: list[Exception]) -> None:
    try:
        days.ensure_days([day])
    except Exception as problem:
        problems.append(problem)
    finally:
        connection.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])
