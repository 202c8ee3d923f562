"""Incidents that follow a provider's status page: opened where admins want that, and kept where the page says.

The page's word counts until a person says how the incident stands. What it calls over ends here only where no customer
waits for an answer.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from tickets.models import Incident, IncidentChange, ProviderNotice, ProviderPage

from .incident.states import note, open_incident, set_state
from .notice import Kept

Impact, Kind, State = ProviderNotice.Impact, IncidentChange.Kind, Incident.State
BAD = (Impact.MAJOR, Impact.CRITICAL)
OVER = ("resolved", "postmortem")


def follow(page: ProviderPage, heard: Iterable[Kept], *, now: datetime) -> None:
    """Within the caller's transaction."""
    current = set(
        ProviderNotice.objects.filter(provider=page.provider).current(now).values_list("pk", flat=True)
    )
    for kept in heard:
        notice = kept.notice
        if notice.incident_id is None:
            if notice.pk in current and _is_to_open(page, notice):
                _take_up(notice)
        elif notice.state != kept.state_before:
            _bring_up_to_date(notice)


def _is_to_open(page: ProviderPage, notice: ProviderNotice) -> bool:
    if page.opens == page.Opens.MAJOR:
        return notice.impact in BAD
    return page.opens == page.Opens.ANY and notice.impact != Impact.NONE


def _take_up(notice: ProviderNotice) -> None:
    """An incident that holds all of the provider, or the model that the notice names, is this one already."""
    incident = _open_of(notice)
    notice.opened_it = incident is None
    notice.incident = incident or open_incident(by=None, title=notice.title, provider=notice.provider)
    notice.save(update_fields=["incident", "opened_it"])
    _note(notice)
    if notice.opened_it:
        _bring_state(notice)


def _open_of(notice: ProviderNotice) -> Incident | None:
    is_wide = Q(model="", route="", fingerprint="")
    found = Incident.objects.open().filter(provider__iexact=notice.provider).order_by("-opened_at")
    if wide := found.filter(is_wide).first():
        return wide
    title = notice.title.casefold()
    return next((each for each in found[:50] if each.model and each.model.casefold() in title), None)


def _bring_up_to_date(notice: ProviderNotice) -> None:
    incident = notice.incident
    if incident is None or incident.merged_into_id is not None:
        return
    _note(notice)
    if notice.opened_it:
        _bring_state(notice)


def _bring_state(notice: ProviderNotice) -> None:
    incident = notice.incident
    if incident is None or _has_been_decided(incident):
        return
    state = _state_of(notice)
    if state == State.RESOLVED and incident.tickets.exists():
        state = State.MONITORING  # its customers are to be asked whether it works again
    set_state(incident, state, by=None)


def _has_been_decided(incident: Incident) -> bool:
    return incident.changes.filter(kind__in=(Kind.STATE, Kind.UPDATED), by__isnull=False).exists()


def _note(notice: ProviderNotice) -> None:
    if notice.incident is not None:
        note(notice.incident, Kind.NOTICED, None, state=_state_of(notice))


def _state_of(notice: ProviderNotice) -> Incident.State:
    if notice.ended_at is not None or notice.state in OVER:
        return State.RESOLVED
    return State(notice.state) if notice.state in State.values else State.INVESTIGATING
