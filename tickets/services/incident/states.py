"""A provider, model or route that fails for several: opening it, saying how it stands, and which tickets are of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from tickets.models import Incident, IncidentChange, Person, Ticket, TicketApart

from .. import outbox
from ..event import ENGINE, record
from ..redaction import safe_words
from ..snooze import wake_all_of

Kind, State = IncidentChange.Kind, Incident.State
JUDGED_AT_ONCE = 20  # tickets that one job judges anew


@transaction.atomic
def open_incident(
    *,
    by: Person | None,
    title: str,
    provider: str = "",
    model: str = "",
    route: str = "",
    fingerprint: str = "",
    reason: Mapping[str, Any] | None = None,
    tickets: Iterable[Ticket] = (),
) -> Incident:
    """A new incident with these tickets. Without a fingerprint it takes on theirs, where they show one error.
    `reason` is what correlation saw.
    """
    tickets = list(tickets)
    alike = {fingerprint} if fingerprint else {ticket.fingerprint for ticket in tickets}
    incident = Incident.objects.create(
        title=safe_words(title)[:200],
        provider=safe_words(provider)[:80],
        model=safe_words(model)[:120],
        route=safe_words(route)[:120],
        fingerprint=alike.pop() if len(alike) == 1 else "",
        accounts=reason["accounts"] if reason else 0,
        failures=reason["failures"] if reason else 0,
        reason=reason,
        opened_by=by,
    )
    note(incident, Kind.OPENED, by)
    attach(tickets, incident, by=by)
    return incident


@transaction.atomic
def attach(tickets: Iterable[Ticket], incident: Incident, *, by: Person | None) -> list[Ticket]:
    """Say that these tickets are of the incident; those that were not yet. A ticket is of one incident at most. What a
    person attaches is no longer kept apart, and is judged anew in a moment.
    """
    given = {ticket.pk: ticket for ticket in tickets}
    locked = Ticket.objects.select_for_update(of=("self",)).filter(pk__in=list(given)).order_by("pk")
    joined = []
    for number, before in list(locked.values_list("pk", "incident")):
        if before == incident.pk:
            continue
        _set(given[number], incident)
        _record(given[number], "incident_attached", incident, by, before=before)
        joined.append(given[number])
    if joined:
        numbers = [ticket.pk for ticket in joined]
        note(incident, Kind.ATTACHED if by else Kind.JOINED, by, numbers=numbers)
        if by:
            TicketApart.objects.filter(incident=incident, ticket__in=numbers).delete()
            for start in range(0, len(numbers), JUDGED_AT_ONCE):
                outbox.add("judge_covered", incident, numbers[start : start + JUDGED_AT_ONCE])
    return joined


@transaction.atomic
def detach(ticket: Ticket, *, by: Person | None, keep_apart: bool = True) -> None:
    """The ticket is not of its incident after all, and never joins it again by itself."""
    Ticket.objects.select_for_update(of=("self",)).only("pk").get(pk=ticket.pk)
    incident = Incident.objects.filter(tickets=ticket).first()
    if incident is None:
        return
    _set(ticket, None)
    if keep_apart:
        TicketApart.objects.get_or_create(incident=incident, ticket=ticket, defaults={"by": by})
    _record(ticket, "incident_detached", incident, by)
    note(incident, Kind.DETACHED, by, numbers=[ticket.pk])


@transaction.atomic
def set_state(incident: Incident, state: str, *, by: Person | None) -> None:
    """Say how the incident stands; resolved is its end, and wakes what slept until then. One that lives on in another
    has no state of its own any more.
    """
    locked = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if locked.state == state or locked.merged_into_id is not None:
        return
    incident.state = State(state)
    incident.resolved_at = timezone.now() if incident.is_resolved else None
    incident.save(update_fields=["state", "resolved_at"])
    note(incident, Kind.STATE, by, state=incident.state)
    if incident.is_resolved:
        wake_all_of(incident)


def resolve(incident: Incident, *, by: Person | None) -> None:
    """The incident is over."""
    set_state(incident, State.RESOLVED, by=by)


def note(
    incident: Incident,
    kind: IncidentChange.Kind,
    by: Person | None,
    *,
    state: str = "",
    numbers: Iterable[int] = (),
    other: Incident | None = None,
) -> None:
    """One line of the incident's own history, within the transaction that makes the change."""
    IncidentChange.objects.create(
        incident=incident, kind=kind, by=by, state=state, numbers=list(numbers), other=other
    )


def _set(ticket: Ticket, incident: Incident | None) -> None:
    ticket.incident = incident
    ticket.save(update_fields=["incident"])


def _record(ticket: Ticket, kind: str, incident: Incident, by: Person | None, **more: object) -> None:
    record(ticket, kind, by=by or ENGINE, incident=incident.pk, title=incident.title, **more)
