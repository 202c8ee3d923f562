from datetime import datetime
from typing import Any, Literal

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest
from ninja import Query, Router, Schema

from tickets.models import Incident, ProviderNotice, Scope

from .auth import Bearer
from .errors import REFUSALS

router = Router(tags=["incidents"])
SIZE = 100


class IncidentOut(Schema):
    """`opened_by` is "correlation", "status page" or the name of a person; null where a name is not about one."""

    id: int
    title: str
    state: str
    opened_at: datetime
    resolved_at: datetime | None
    provider: str | None
    model: str | None
    route: str | None
    fingerprint: str | None
    accounts: int
    failures: int
    tickets: int
    opened_by: str


class IncidentsOut(Schema):
    items: list[IncidentOut]
    next: int | None


@router.get("/incidents", auth=Bearer(Scope.INCIDENTS), response={200: IncidentsOut, **REFUSALS})
def index(
    request: HttpRequest,
    state: Literal["open", "resolved", "all"] = "open",
    after: int | None = Query(None, ge=1, le=2**63 - 1),
) -> dict[str, Any]:
    """Incidents, the newest first, 100 at a time. `next` is the `after` of the page that follows."""
    by_page = ProviderNotice.objects.filter(incident=OuterRef("pk"), opened_it=True)
    incidents = Incident.objects.select_related("opened_by").annotate(
        ticket_count=Count("tickets"), by_page=Exists(by_page)
    )
    if state != "all":
        resolved = Incident.State.RESOLVED
        incidents = incidents.filter(state=resolved) if state == "resolved" else incidents.open()
    if after is not None:
        incidents = incidents.filter(pk__lt=after)
    rows = list(incidents.order_by("-pk")[: SIZE + 1])
    return {
        "items": [_told(incident) for incident in rows[:SIZE]],
        "next": rows[SIZE - 1].pk if len(rows) > SIZE else None,
    }


def _told(incident: Any) -> dict[str, Any]:
    return {
        "id": incident.pk,
        "title": incident.title,
        "state": incident.state,
        "opened_at": incident.opened_at,
        "resolved_at": incident.resolved_at,
        "provider": incident.provider or None,
        "model": incident.model or None,
        "route": incident.route or None,
        "fingerprint": incident.fingerprint or None,
        "accounts": incident.accounts,
        "failures": incident.failures,
        "tickets": incident.ticket_count,
        "opened_by": _opened_by(incident),
    }


def _opened_by(incident: Any) -> str:
    if incident.reason:
        return "correlation"
    return "status page" if incident.by_page else str(incident.opened_by or "desk")
