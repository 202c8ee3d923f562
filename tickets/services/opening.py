"""Shifts as people read and write them."""

from collections.abc import Iterable, Sequence

from .business_time import DAY


def written(shifts: Iterable[Sequence[int]]) -> str:
    """09:00-12:00, 13:00-18:00"""
    return ", ".join(from_to(start, end) for start, end in shifts)


def from_to(start: int, end: int) -> str:
    """Minutes after midnight as times of the day; an end on the day after is that day's time."""
    end = end if end <= DAY else end - DAY
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
