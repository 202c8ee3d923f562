"""What providers say of their troubles: written down by people, or read from the common shape of status pages."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tickets.models import Person, ProviderNotice

from .redaction import safe_words

MOST = 500


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
def keep(heard: list[Heard], *, provider: str, by: Person) -> tuple[int, int]:
    """How many are new, and how many were known and brought up to date."""
    known = {
        notice.source_id: notice
        for notice in ProviderNotice.objects.filter(provider=provider).exclude(source_id="")
    }
    new = 0
    for each in {one.source_id: one for one in heard}.values():
        notice = known.get(each.source_id)
        if notice is None:
            notice = ProviderNotice(provider=provider, source_id=each.source_id, by=by)
            new += 1
        notice.title, notice.address = each.title, each.address
        notice.published_at, notice.ended_at = each.published_at, each.ended_at
        notice.save()
    return new, len({one.source_id for one in heard}) - new


def _heard(incident: dict[str, Any]) -> Heard:
    """`started_at` is when the trouble began by their account; published is when they first said so."""
    published, ended = _time(incident["created_at"]), incident.get("resolved_at")
    over = _time(ended) if ended else None
    address = str(incident.get("shortlink") or "")[:400]
    return Heard(
        str(incident["id"])[:120],
        safe_words(str(incident["name"]))[:200],
        address if address.startswith(("https://", "http://")) else "",
        published,
        max(over, published) if over else None,
    )


def _time(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    if moment.tzinfo is None or not 1971 <= moment.year < 9000:
        raise ValueError
    return moment
