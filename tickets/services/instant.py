"""Moments as addresses write them: marks of pages, and since when something is asked for."""

from datetime import UTC, datetime


def instant_of(written: str) -> datetime | None:
    """The moment in UTC; None of what is no moment, has no zone, or lies before or after all time that is counted."""
    try:
        moment = datetime.fromisoformat(written)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
