"""Each minute: what failed until now is judged, and what is unusual becomes an incident."""

import threading
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from tickets.models import Correlation, Failure, FailureAccount, FailureKind, Incident
from tickets.services import outbox
from tickets.services.incident.states import open_incident

from .opening import Opening
from .place import Place
from .settings import correlation_settings
from .thresholds import Thresholds
from .title import title_of
from .watch import NO_ERROR, Watch

LATE = timedelta(seconds=30)  # for batches that are on their way
SHOWN = 60  # minutes before the opening that the incident keeps

_watch: Watch | None = None
_lock = threading.Lock()


def ask_each_minute() -> bool:
    """Ask for the minute that is over to be judged, once whoever asks. Two small queries where it is asked already."""
    until = _minute_over()
    state = Correlation.objects.filter(pk=1).first()
    if state is not None and (not state.is_on or (state.judged_until and state.judged_until >= until)):
        return False
    if not Failure.objects.filter(occurred_at__gte=until - timedelta(hours=1)).exists():
        return False
    outbox.add("correlate", key=f"correlate-{until:%Y%m%d%H%M}")
    return True


def correlate(*, idempotency_key: str = "") -> list[Incident]:
    """Judge what came since the last time. Of two that do it at once, one opens what there is to open."""
    state = correlation_settings()
    until = _minute_over()
    before = state.judged_until or until - timedelta(minutes=1)
    if not state.is_on or before >= until:
        return []
    openings = _openings(state, before, until)
    with transaction.atomic():
        if not _advance(state, until):
            return []
        fresh = [opening for opening in openings if opening.at > before.timestamp()]
        return [incident for opening in fresh if (incident := _open(opening))]


def _advance(state: Correlation, until: datetime) -> bool:
    still = Correlation.objects.filter(pk=state.pk, judged_until=state.judged_until)
    if state.judged_until is None:
        still = Correlation.objects.filter(pk=state.pk, judged_until__isnull=True)
    return bool(still.update(judged_until=until))


def _openings(state: Correlation, before: datetime, until: datetime) -> list[Opening]:
    """Of this process's watch. One that fell behind catches up; one that is ahead saw what was never committed."""
    global _watch
    thresholds = Thresholds(window=state.window, failures=state.failures, accounts=state.accounts)
    with _lock:
        watch, _watch = _watch, None
        if watch is None or watch.thresholds != thresholds or watch.until > before:
            watch = Watch(thresholds, until)
        openings = list(watch.feed(until))
        _watch = watch
        return openings


def _minute_over() -> datetime:
    return (timezone.now() - LATE).replace(second=0, microsecond=0)


def _open(opening: Opening) -> Incident | None:
    """None where an open incident, whoever opened it, holds this place already."""
    place = opening.place
    if any(_place_of(incident).holds(place) for incident in _open_incidents()):
        return None
    error = "" if place.fingerprint in (None, NO_ERROR) else place.fingerprint or ""
    words = (
        FailureKind.objects.filter(fingerprint=error).values_list("words", flat=True).first() if error else ""
    )
    return open_incident(
        by=None,
        title=title_of(place, words or ""),
        provider=place.provider or "",
        model=place.model or "",
        route=place.route or "",
        fingerprint=error,
        reason=_reason(opening),
    )


def _open_incidents() -> list[Incident]:
    """Those that say what they are about."""
    about_nothing = Q(provider="", model="", route="", fingerprint="")
    return list(Incident.objects.open().exclude(about_nothing))


def _place_of(incident: Incident) -> Place:
    return Place(
        incident.provider or None,
        incident.model or None,
        incident.route or None,
        incident.fingerprint or None,
    )


def _reason(opening: Opening) -> dict[str, Any]:
    """The numbers that made it, and the hour before, kept for as long as the incident."""
    return {
        "accounts": opening.accounts,
        "failures": opening.failures,
        "counted": round(opening.counted),
        "expected": round(opening.expected, 2),
        "window": round(opening.window / 60),
        "since": datetime.fromtimestamp(opening.since, timezone.get_default_timezone()).isoformat(),
        "at": datetime.fromtimestamp(opening.at, timezone.get_default_timezone()).isoformat(),
        "minutes": _minutes(opening),
    }


def _minutes(opening: Opening) -> list[list[int]]:
    """Accounts and failures of each minute of the hour before."""
    end = datetime.fromtimestamp(opening.at, timezone.get_default_timezone()).replace(second=0, microsecond=0)
    begin = end - timedelta(minutes=SHOWN - 1)
    named = {
        field: value for field, value in opening.place._asdict().items() if value not in (None, NO_ERROR)
    }
    rows = (
        FailureAccount.objects.filter(minute__gte=begin, minute__lte=end)
        .filter(kind__in=FailureKind.objects.filter(**named))
        .values("minute")
        .annotate(accounts=Count("account_digest", distinct=True), failures=Sum("failures"))
    )
    known = {row["minute"]: [row["accounts"], row["failures"]] for row in rows}
    return [known.get(begin + timedelta(minutes=at), [0, 0]) for at in range(SHOWN)]
