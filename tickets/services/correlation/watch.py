"""Correlation beside the running desk: fed with the failures of each minute that is over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tickets.models import Failure, FailureKind, UsualPeak
from tickets.services.failure.reading import FailureRow

from .correlator import Correlator
from .errors import is_customers_own
from .opening import Opening
from .place import Place
from .thresholds import Thresholds

LOOKING_BACK = timedelta(hours=4)  # to learn what is usual, when a process begins
MOST_ROWS = 1_500_000  # that are read for it
CHUNK = 5_000
NO_ERROR = "none"  # stands for the fingerprint of an error without words
SLOTS_STORED = 500


class Watch:
    """What one process knows. Another one that takes over learns the same from the same failures."""

    def __init__(self, thresholds: Thresholds, now: datetime) -> None:
        self.thresholds = thresholds
        self.until = _beginning(now)
        self._kinds: dict[int, Place] = {}
        self._own: dict[str, bool] = {}
        self._correlator = Correlator(thresholds, self.is_own, seasons=_seasons())

    def feed(self, until: datetime) -> Iterator[Opening]:
        """Live on until then."""
        rows = Failure.objects.between(self.until, until).order_by("occurred_at")
        counted = rows.values_list("occurred_at", "kind_id", "account_digest")
        for occurred_at, kind, account in counted.iterator(chunk_size=CHUNK):
            place = self._kinds.get(kind) or self._place_of(kind)
            if account and place is not None:
                yield from self._correlator.add(
                    occurred_at.timestamp(),
                    place.provider or "",
                    place.model or "",
                    place.route,
                    place.fingerprint or NO_ERROR,
                    account,
                )
        if until.minute == 0 or until.hour != self.until.hour:
            self._keep_seasons()
        self.until = until

    def is_own(self, fingerprint: str) -> bool:
        if fingerprint not in self._own:
            self._own[fingerprint] = self._is_own(fingerprint)
        return self._own[fingerprint]

    def _is_own(self, fingerprint: str) -> bool:
        kinds = FailureKind.objects.filter(fingerprint=fingerprint).values("pk")[:20]
        failure = Failure.objects.filter(kind__in=list(kinds.values_list("pk", flat=True))).first()
        if failure is None:
            return False
        kind = FailureKind.objects.get(pk=failure.kind_id)
        return is_customers_own(
            FailureRow(
                failure.source_id,
                failure.occurred_at,
                failure.account,
                kind.model,
                kind.provider,
                failure.raw_error,
                http_status=failure.http_status,
                error_type=failure.error_type,
                error_code=failure.error_code,
            )
        )

    def _place_of(self, kind_id: int) -> Place | None:
        kind = FailureKind.objects.filter(pk=kind_id).first()
        if kind is None:
            return None
        place = Place(kind.provider, kind.model, kind.route or None, kind.fingerprint or NO_ERROR)
        self._kinds[kind_id] = place
        return place

    def _keep_seasons(self) -> None:
        rows = [
            UsualPeak(**_columns(place), slot=slot, peak=peak)
            for place, peaks in self._correlator.news()
            for slot, peak in peaks.items()
        ]
        UsualPeak.objects.bulk_create(
            rows,
            batch_size=SLOTS_STORED,
            update_conflicts=True,
            unique_fields=["provider", "model", "route", "fingerprint", "slot"],
            update_fields=["peak"],
        )


def _beginning(now: datetime) -> datetime:
    """As far back as there is something to learn, and no more than can be read in passing."""
    since = now - LOOKING_BACK
    rows = Failure.objects.between(since, now).order_by("-occurred_at").values_list("occurred_at", flat=True)
    earliest = rows[MOST_ROWS : MOST_ROWS + 1].first() if rows.exists() else None
    return (earliest or since).astimezone(UTC).replace(second=0, microsecond=0)


def _seasons() -> dict[Place, dict[int, float]]:
    seasons: dict[Place, dict[int, float]] = {}
    for row in UsualPeak.objects.filter(peak__gt=0).iterator(chunk_size=CHUNK):
        place = Place(row.provider or None, row.model or None, row.route or None, row.fingerprint or None)
        seasons.setdefault(place, {})[row.slot] = row.peak
    return seasons


def _columns(place: Place) -> dict[str, str]:
    return {field: value or "" for field, value in place._asdict().items()}
