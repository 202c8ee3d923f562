"""How long after the first sign of a trouble its provider said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from tickets.models import Incident, ProviderNotice

BEFORE = timedelta(hours=6)  # a notice that came so long before our first sign may still be about it
AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Delay:
    """Minutes from our first sign to the first official notice, in the middle of all; below zero, they knew first."""

    minutes: int | None
    told: int  # incidents that were told of
    of: int


def first_sign(incident: Incident, first_ticket: datetime | None) -> datetime:
    """The earliest of: the first failures that correlation counted, the first ticket, its opening."""
    since = (incident.reason or {}).get("since")
    signs = [incident.opened_at, first_ticket, datetime.fromisoformat(since) if since else None]
    return min(sign for sign in signs if sign is not None)


def notice_of(incident: Incident, sign: datetime, notices: Iterable[ProviderNotice]) -> ProviderNotice | None:
    """The first one of the same provider, and of the same model where both name one, around that time."""
    about = [
        notice
        for notice in notices
        if notice.provider.casefold() == incident.provider.casefold()
        and (not notice.model or not incident.model or notice.model == incident.model)
        and sign - BEFORE <= notice.published_at <= sign + AFTER
    ]
    return min(about, key=lambda notice: notice.published_at, default=None)


def delay_of(
    incidents: Iterable[tuple[Incident, datetime | None]], notices: Iterable[ProviderNotice]
) -> Delay:
    """Of incidents with the time of their first ticket."""
    found, count, notices = [], 0, list(notices)
    for incident, first_ticket in incidents:
        count += 1
        sign = first_sign(incident, first_ticket)
        notice = notice_of(incident, sign, notices)
        if notice is not None:
            found.append((notice.published_at - sign).total_seconds() / 60)
    return Delay(round(median(found)) if found else None, len(found), count)
