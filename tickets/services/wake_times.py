"""The moments that a ticket is put aside until most often; mornings are those of the zone that `now` is in."""

from datetime import datetime, time, timedelta

MORNING = time(9)


def wake_time(choice: str, now: datetime) -> datetime:
    """`choice` is hour, tomorrow or monday."""
    match choice:
        case "hour":
            return (now + timedelta(hours=1)).replace(second=0, microsecond=0)
        case "tomorrow":
            return _morning(now, 1)
        case "monday":
            return _morning(now, 7 - now.weekday())
    raise ValueError(f"no moment is called {choice!r}")


def _morning(now: datetime, days: int) -> datetime:
    return datetime.combine(now.date() + timedelta(days=days), MORNING, tzinfo=now.tzinfo)
