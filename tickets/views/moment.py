from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils import timezone


@dataclass(slots=True)
class Moment:
    """A time as pages write it: how long ago it was they say by themselves."""

    at: datetime
    machine: str  # RFC 3339
    exact: str  # 2026-01-31 09:14:07 UTC


def moment_of(at: datetime, zone: tzinfo | None = None) -> Moment:
    """In the reader's zone; who asks for many gives it."""
    local = at.astimezone(zone or timezone.get_current_timezone())
    machine = local.isoformat(timespec="seconds")
    return Moment(at, machine, f"{machine[:10]} {machine[11:19]} {local.tzname()}")
