"""Open incidents as the public may see them: which model or provider, since when. No route, no account, no title."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tickets.models import Incident

MOST = 6


@dataclass(frozen=True, slots=True)
class PublicIncident:
    subject: str
    state: str
    since: datetime


def open_incidents() -> list[PublicIncident]:
    """The newest first; those that name neither a model nor a provider stay inside."""
    return _public(Incident.objects.open().order_by("-opened_at")[: MOST * 3])[:MOST]


def incidents_about(known: Mapping[str, object], fingerprint: str = "") -> list[PublicIncident]:
    """Those that fit what was read from an error."""
    rows = Incident.objects.open().order_by("-opened_at")[: MOST * 3]
    return _public(row for row in rows if _fits(row, known, fingerprint))[:MOST]


def _fits(row: Incident, known: Mapping[str, object], fingerprint: str) -> bool:
    if fingerprint and row.fingerprint == fingerprint:
        return True
    if row.model:
        return row.model == known.get("model")
    return bool(row.provider) and row.provider == known.get("provider")


def _public(rows: Iterable[Incident]) -> list[PublicIncident]:
    seen: dict[str, PublicIncident] = {}
    for row in rows:
        subject = row.model or row.provider
        if subject:
            seen.setdefault(subject, PublicIncident(subject, row.state, row.opened_at))
    return list(seen.values())
