"""Late joiners: a new ticket of an open incident joins it at once, is judged with it, and gets its latest update."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tickets.models import Incident, Ticket, TicketApart, VerdictChoice

from .covering import judge_anew
from .delivery import deliver_to_joiner
from .states import attach

BEFORE = timedelta(hours=6)  # that it may have been failing before somebody opened it
MOST = 50  # open incidents that are looked at


@transaction.atomic
def join_matching(ticket: Ticket) -> Incident | None:
    """Within the transaction that takes the ticket in. A ticket that is of an incident already stays there."""
    if ticket.incident_id is not None:
        return None
    known = ticket.known_evidence()
    found = _best(ticket, known)
    if found is None:
        return None
    # Whoever tells everybody, or ends it, holds this lock: the ticket joins before or after that, not amid it.
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if incident.is_resolved:
        return None
    attach([ticket], incident, by=None)
    judge_anew(ticket, incident)
    latest = incident.updates.last()
    if latest is not None and latest.texts.get(ticket.language):
        deliver_to_joiner(ticket, latest)
    return incident


def fits(incident: Incident, ticket: Ticket, known: Mapping[str, object]) -> int:
    """How surely the ticket is of the incident: 3 the same error, 2 the same model or route, 1 only the provider; 0 not
    at all. Nothing that both name may differ. A config mistake counts only where it is the very error.
    """
    same = [
        field
        for field in ("provider", "model", "route")
        if _is_same(getattr(incident, field), known.get(field))
    ]
    if any(_differs(getattr(incident, field), known.get(field)) for field in ("provider", "model", "route")):
        return 0
    if incident.fingerprint and incident.fingerprint == ticket.fingerprint:
        return 3
    if ticket.verdict == VerdictChoice.CONFIG_MISTAKE:
        return 0
    is_ours = ticket.verdict == VerdictChoice.PROVIDER_INCIDENT
    if "model" in same or "route" in same:
        return 2 if is_ours or not incident.fingerprint else 0
    is_wide = not (incident.model or incident.route or incident.fingerprint)
    return 1 if same and is_wide and is_ours else 0


def _best(ticket: Ticket, known: Mapping[str, object]) -> Incident | None:
    apart = TicketApart.objects.filter(ticket=ticket).values("incident")
    about_something = ~Q(provider="", model="", route="", fingerprint="")
    incidents = Incident.objects.open().filter(about_something).exclude(pk__in=apart).order_by("-opened_at")
    ranked = [
        (fits(incident, ticket, known), incident.opened_at, incident)
        for incident in incidents[:MOST]
        if _is_of_its_time(incident, known.get("occurred_at"))
    ]
    best = max(ranked, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] else None


def _is_same(named: str, told: object) -> bool:
    return bool(named) and isinstance(told, str) and named.casefold() == told.casefold()


def _differs(named: str, told: object) -> bool:
    return bool(named) and isinstance(told, str) and bool(told) and named.casefold() != told.casefold()


def _is_of_its_time(incident: Incident, told: object) -> bool:
    """Not where the error itself says that it is of long before."""
    try:
        at = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return True
    return at is None or at.tzinfo is None or at >= incident.opened_at - BEFORE
