"""What providers say of their troubles: written down by people, or read from the common shape of status pages."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tickets.models import Person, ProviderNotice

from .redaction import safe_words

MOST = 500
FIELDS = ("title", "address", "published_at", "ended_at", "state", "impact")


class BadPage(ValueError):
    """The text is not what a status page answers; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One incident as a status page tells it."""

    source_id: str
    title: str
    address: str
    published_at: datetime
    ended_at: datetime | None
    state: str = ""
    impact: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A notice as it stands now, and the state that it had before."""

    notice: ProviderNotice
    is_new: bool
    state_before: str


def read_page(text: str) -> list[Heard]:
    """The answer of `/api/v2/incidents.json`, as status pages of the Statuspage kind give it. Raises BadPage."""
    try:
        given = json.loads(text)
        incidents = given["incidents"] if isinstance(given, dict) else given
        return [_heard(incident) for incident in incidents[:MOST]]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadPage(
            _("This is not the answer of a status page's /api/v2/incidents.json: {“incidents”: […]}.")
        ) from None


@transaction.atomic
def keep(heard: Iterable[Heard], *, provider: str, by: Person | None) -> list[Kept]:
    """Each notice once and up to date, the newest first as the page gives them. `by` is nobody where the desk reads
    the page itself.
    """
    known = {
        notice.source_id: notice
        for notice in ProviderNotice.objects.filter(provider=provider).exclude(source_id="")
    }
    kept = []
    for each in {one.source_id: one for one in heard}.values():
        notice = known.get(each.source_id)
        is_new = notice is None
        notice = notice or ProviderNotice(provider=provider, source_id=each.source_id, by=by)
        before = {field: getattr(notice, field) for field in FIELDS}
        now = {field: getattr(each, field) for field in FIELDS}
        if is_new or before != now:
            for field, value in now.items():
                setattr(notice, field, value)
            notice.save()
        kept.append(Kept(notice, is_new, before["state"]))
    return kept


def _heard(incident: dict[str, Any]) -> Heard:
    """`started_at` is when the trouble began by their account; published is when they first said so."""
    published, ended = _time(incident["created_at"]), incident.get("resolved_at")
    over = _time(ended) if ended else None
    address, impact = str(incident.get("shortlink") or "")[:400], str(incident.get("impact") or "")
    return Heard(
        str(incident["id"])[:120],
        safe_words(str(incident["name"]))[:200],
        address if address.startswith(("https://", "http://")) else "",
        published,
        max(over, published) if over else None,
        str(incident.get("status") or "")[:20],
        impact if impact in ProviderNotice.Impact.values else "",
    )


def _time(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    if moment.tzinfo is None or not 1971 <= moment.year < 9000:
        raise ValueError
    return moment
