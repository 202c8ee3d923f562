"""A stretch of whole days, or of minutes, that the ledger looks at."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` up to and without `until`."""

    since: datetime
    until: datetime

    @classmethod
    def of_days(cls, first: date, last: date) -> "Period":
        """Both days are in it, in the reader's zone."""
        zone = timezone.get_current_timezone()
        begin = datetime.combine(first, time(), zone)
        return cls(begin, datetime.combine(last + timedelta(days=1), time(), zone))

    @property
    def address(self) -> dict[str, str]:
        return {"since": self.since.isoformat(), "until": self.until.isoformat()}

    def holds(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.since, f"{field}__lt": self.until})

    def overlaps(self, begin: str, end: str) -> Q:
        """What began before its end and had not ended before its begin."""
        return Q(**{f"{begin}__lt": self.until}) & (
            Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": self.since})
        )

    def minutes_of(self, begin: datetime, end: datetime | None) -> int:
        """How much of it lies within, in whole minutes; what goes on ends now."""
        stop = min(end or timezone.now(), self.until)
        return max(0, int((stop - max(begin, self.since)).total_seconds() // 60))
