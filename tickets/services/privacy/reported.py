"""Failures that gateways reported of somebody who is erased. That they happened is counted; whose they were goes."""

import time
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q

from tickets.models import Failure

from .marks import Marks

DAY = timedelta(days=1)
EMPTY = {
    "account": "",
    "key_owner": "",
    "key_fingerprint": "",
    "raw_error": "",
    "request_id": "",
    "task_id": "",
    "source_id": "",
}


def forget_whose(marks: Marks, *, since: datetime | None, end: float) -> datetime | None:
    """Day by day, as the table is kept. Where to go on when the time is over; None once all are done."""
    times = Failure.objects.aggregate(first=Min("occurred_at"), last=Max("occurred_at"))
    theirs = _theirs(marks)
    if times["first"] is None or not theirs:
        return None
    day = max(since or times["first"], times["first"])
    while day <= times["last"]:
        if time.monotonic() > end:
            return day
        Failure.objects.between(day, day + DAY).filter(theirs).update(**EMPTY)
        day += DAY
    return None


def _theirs(marks: Marks) -> Q:
    found = Q()
    for column, values in (
        ("account", marks.account_names),
        ("key_fingerprint", marks.keys),
        ("request_id", marks.requests),
        ("task_id", marks.tasks),
    ):
        if values:
            found |= Q(**{f"{column}__in": values})
    return found
