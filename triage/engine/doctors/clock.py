"""Compares the time that a customer states with the time that the message came in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

from ..verdict import Words


class ClockProblem(StrEnum):
    NONE = ""
    UNREADABLE = "unreadable"
    FUTURE = "future"
    FAR_OFF = "far_off"
    ZONE_MISSING = "zone_missing"


@dataclass(frozen=True, slots=True)
class ClockAdvice:
    """`utc` is None where the time cannot be read. The zone is assumed where the problem is zone_missing."""

    utc: datetime | None
    problem: ClockProblem
    warning: Words


CLOCKS_DIFFER = timedelta(minutes=5)
FAR = timedelta(days=14)
_BEIJING = timezone(timedelta(hours=8))
_NOTHING = Words("", "")


def check_clock(
    stated: str | datetime, received: datetime, *, assumed_minutes: int | None = None
) -> ClockAdvice:
    """`received` carries a zone (ValueError otherwise); `assumed_minutes` is the customer's offset from UTC.

    A time without a zone is read in that offset, else in the one of UTC and UTC+8 that puts it closer before
    the message.
    """
    if received.tzinfo is None:
        raise ValueError("the time of receipt needs a zone")
    moment = stated if isinstance(stated, datetime) else _read(stated)
    if moment is None:
        return ClockAdvice(None, ClockProblem.UNREADABLE, _UNREADABLE)
    if moment.tzinfo is not None:
        return _judge(moment, received, zone_given=True)
    return _judge(moment.replace(tzinfo=_zone(moment, received, assumed_minutes)), received, zone_given=False)


def seconds_since_1970(moment: datetime) -> float:
    """Of any year: `timestamp()` overflows at both ends. A time without a zone is read as UTC."""
    offset = moment.utcoffset() or timedelta(0)
    return (moment.replace(tzinfo=None) - datetime(1970, 1, 1)).total_seconds() - offset.total_seconds()


def _read(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip().replace("/", "-").replace("Z", "+00:00"))
    except ValueError:
        return None


def _zone(moment: datetime, received: datetime, assumed_minutes: int | None) -> timezone:
    if assumed_minutes is not None and abs(assumed_minutes) < 24 * 60:
        return timezone(timedelta(minutes=assumed_minutes))
    ago = {zone: _ago(moment.replace(tzinfo=zone), received) for zone in (UTC, _BEIJING)}
    possible = [zone for zone, seconds in ago.items() if seconds >= -CLOCKS_DIFFER.total_seconds()]
    return min(possible, key=lambda zone: ago[zone], default=UTC)


def _ago(moment: datetime, received: datetime) -> float:
    return seconds_since_1970(received) - seconds_since_1970(moment)


def _judge(moment: datetime, received: datetime, *, zone_given: bool) -> ClockAdvice:
    seconds = _ago(moment, received)
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        return ClockAdvice(None, ClockProblem.UNREADABLE, _UNREADABLE)
    if seconds < -CLOCKS_DIFFER.total_seconds():
        return ClockAdvice(utc, ClockProblem.FUTURE, _future(-seconds))
    if seconds > FAR.total_seconds():
        return ClockAdvice(utc, ClockProblem.FAR_OFF, _far_off(seconds))
    if not zone_given:
        return ClockAdvice(utc, ClockProblem.ZONE_MISSING, _zone_missing(moment))
    return ClockAdvice(utc, ClockProblem.NONE, _NOTHING)


_UNREADABLE = Words(
    "This time cannot be read. Write it like 2026-01-05 18:30 +08:00.",
    "无法识别这个时间，请写成 2026-01-05 18:30 +08:00 的形式。",
)


def _future(seconds: float) -> Words:
    minutes = round(seconds / 60)
    return Words(
        f"The stated time lies {minutes} minutes after the message came in: check date and time zone.",
        f"填写的时间比来信晚 {minutes} 分钟，请核对日期和时区。",
    )


def _far_off(seconds: float) -> Words:
    days = int(seconds // 86_400)
    return Words(
        f"The stated time lies {days} days before the message: check the date. Logs may no longer "
        f"reach so far.",
        f"填写的时间比来信早 {days} 天，请核对日期；日志可能已不保留。",
    )


def _zone_missing(moment: datetime) -> Words:
    offset = moment.strftime("%z")
    zone = f"UTC{offset[:3]}:{offset[3:5]}" if offset else "UTC"
    return Words(
        f"No time zone was stated; {zone} is assumed.",
        f"没有写明时区，暂按 {zone} 理解。",
    )
