"""Forgetting old failures, once a day: rows after the days that admins set, else FAILURE_DAYS; minute counters after
FAILURE_COUNT_DAYS.
"""

import time
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from tickets.models import FailureCount, FailureKind, Retention
from tickets.services import outbox
from tickets.services.privacy.retention import days_kept

from .days import delete_in_pieces, drop_before, ensure_days, start_of

AHEAD = 3  # days whose partitions are made before anything comes in for them
AT_A_TIME = 20  # seconds; the rest is left to another job, so that none outlives its lease


def ask_daily() -> None:
    """Ask for today's forgetting, once whoever asks. One small query where that was done."""
    outbox.add("forget_failures", key=f"forget_failures:{timezone.now():%Y-%m-%d}")


def forget_failures(*, idempotency_key: str) -> None:
    """May be killed at any moment: the next one goes on from there."""
    today = timezone.now().date()
    ensure_days(today + timedelta(days=ahead) for ahead in range(AHEAD))
    end = time.monotonic() + AT_A_TIME
    days = days_kept()[Retention.Kind.FAILURES]
    counts_until = start_of(today - timedelta(days=settings.FAILURE_COUNT_DAYS))
    rows_are_gone = days is None or drop_before(today - timedelta(days=days), end=end)
    if rows_are_gone and delete_in_pieces(FailureCount, "minute", counts_until, end=end):
        _forget_kinds()
    else:
        outbox.add("forget_failures")


@transaction.atomic
def _forget_kinds() -> None:
    """Kinds of which nothing is counted any more. Nobody may be about to count one meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute("LOCK TABLE tickets_failurekind IN SHARE ROW EXCLUSIVE MODE")
    counted = FailureCount.objects.filter(kind=OuterRef("pk"))
    FailureKind.objects.filter(~Exists(counted)).delete()
