"""Arithmetic with business time: how much of it lies between two moments, and when an amount of it is over.

Pure: no database, no clock. Hours are those on the wall of the calendar's zone; amounts are real time, so a
night shift over the change to summer time has an hour less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 1440  # minutes
FARTHEST = 3660  # days; a calendar that is closed for ten years is closed for good
Shift = tuple[int, int]  # minutes after midnight of the day it begins on; above 1440 it ends the day after
Window = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hours:
    """Shifts for Monday to Sunday in a zone. Without a zone it is always open.

    A holiday is closed from midnight to midnight; a shift that would begin on it does not take place.
    """

    zone: ZoneInfo | None = None
    week: Sequence[Sequence[Shift]] = ()
    holidays: frozenset[date] = frozenset()

    @property
    def always_open(self) -> bool:
        return self.zone is None


ALWAYS = Hours()


def between(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """Business time from `start` to `end`; nothing where the end lies before."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)  # in one zone, Python subtracts wall times
    if hours.always_open or end <= start:
        return max(end - start, timedelta())
    spent = timedelta()
    for opens, closes in _windows(hours, start):
        if opens >= end:
            break
        spent += min(closes, end) - max(opens, start)
    return spent


def after(hours: Hours, start: datetime, amount: timedelta) -> datetime | None:
    """The moment at which `amount` of business time has gone by since `start`; None where it never does.

    A negative amount looks back: the moment since which that much has gone by.
    """
    start = start.astimezone(UTC)
    if hours.always_open or not amount:
        return start + amount
    if amount < timedelta():
        return _before(hours, start, -amount)
    for opens, closes in _windows(hours, start):
        begins = max(opens, start)
        if amount <= closes - begins:
            return begins + amount
        amount -= closes - begins
    return None


def _before(hours: Hours, end: datetime, amount: timedelta) -> datetime | None:
    for opens, closes in _windows_back(hours, end):
        stops = min(closes, end)
        if amount <= stops - opens:
            return stops - amount
        amount -= stops - opens
    return None


def _windows(hours: Hours, start: datetime) -> Iterator[Window]:
    """Open windows that end after `start`, in order, as UTC."""
    day = start.astimezone(hours.zone).date()
    for ahead in range(FARTHEST):
        yield from (window for window in _of_day(hours, day + timedelta(ahead)) if window[1] > start)


def _windows_back(hours: Hours, end: datetime) -> Iterator[Window]:
    day = end.astimezone(hours.zone).date()
    for back in range(FARTHEST):
        windows = _of_day(hours, day - timedelta(back))
        yield from (window for window in reversed(windows) if window[0] < end)


def _of_day(hours: Hours, day: date) -> list[Window]:
    """What is open between two midnights: shifts of the day, and the rest of those from the day before."""
    if day in hours.holidays:
        return []
    before = day - timedelta(1)
    stretches = [(start, min(end, DAY)) for start, end in hours.week[day.weekday()]]
    if before not in hours.holidays:
        stretches += [(0, end - DAY) for _start, end in hours.week[before.weekday()] if end > DAY]
    windows = ((_on(day, start, hours), _on(day, end, hours)) for start, end in _merged(stretches))
    return [(opens, closes) for opens, closes in windows if opens < closes]


def _merged(stretches: list[Shift]) -> Iterator[Shift]:
    current: Shift | None = None
    for start, end in sorted(stretches):
        if current is not None and start <= current[1]:
            current = (current[0], max(end, current[1]))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def _on(day: date, minute: int, hours: Hours) -> datetime:
    midnight, minute = (day + timedelta(1), 0) if minute == DAY else (day, minute)
    return datetime.combine(midnight, time(minute // 60, minute % 60), tzinfo=hours.zone).astimezone(UTC)
