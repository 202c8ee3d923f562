"""Two incidents that are one, and one that is two. Both can be taken back, and stand in the history of both."""

from collections.abc import Sequence
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from tickets.models import Incident, IncidentChange, Person, Ticket, TicketApart

from .apart import are_apart, keep_apart
from .states import attach, note, open_incident, set_state

Kind, State = IncidentChange.Kind, Incident.State


class Refusal(StrEnum):
    ITSELF = "itself"
    APART = "apart"  # a person said that they are not one
    MERGED = "merged"  # one of them lives on in another already
    OVER = "over"  # an open one would end unsaid in one that is over


class CannotMerge(ValueError):
    def __init__(self, why: Refusal) -> None:
        super().__init__(str(why))
        self.why = why


@transaction.atomic
def merge_incident(incident: Incident, *, into: Incident, by: Person) -> None:
    """The incident lives on in the other: its tickets move there, but for those kept apart from it. Raises CannotMerge.

    The line in its history keeps the state that it had and the tickets that moved.
    """
    pks = sorted({incident.pk, into.pk})
    held = {
        row.pk: row
        for row in Incident.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    }
    why = _refusal(held[incident.pk], held[into.pk])
    if why is not None:
        raise CannotMerge(why)
    before = held[incident.pk].state
    apart = TicketApart.objects.filter(incident=into).values("ticket")
    moved = attach(incident.tickets.exclude(pk__in=apart), into, by=by)
    _keep_the_same_apart(incident, into)
    incident.state, incident.merged_into = State.RESOLVED, into
    incident.resolved_at = held[incident.pk].resolved_at or timezone.now()
    incident.save(update_fields=["state", "merged_into", "resolved_at"])
    Incident.objects.filter(merged_into=incident).update(merged_into=into)
    note(incident, Kind.MERGED, by, state=before, numbers=[ticket.pk for ticket in moved], other=into)
    note(into, Kind.MERGED_IN, by, numbers=[ticket.pk for ticket in moved], other=incident)


@transaction.atomic
def take_apart(incident: Incident, *, by: Person) -> None:
    """Undo the merge: it has its state again, and those of its tickets that are still of the other. Twice it changes
    nothing more.
    """
    held = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    change = incident.changes.filter(kind=Kind.MERGED).last()
    into = held.merged_into
    if into is None or change is None:
        return
    incident.merged_into, incident.state = None, State(change.state)
    incident.resolved_at = held.resolved_at if incident.is_resolved else None
    incident.save(update_fields=["state", "merged_into", "resolved_at"])
    attach(Ticket.objects.filter(pk__in=change.numbers, incident=into), incident, by=by)
    note(incident, Kind.UNMERGED, by, other=into)
    note(into, Kind.UNMERGED, by, other=incident)


@transaction.atomic
def split_incident(incident: Incident, tickets: Sequence[Ticket], *, title: str, by: Person) -> Incident:
    """These tickets are of another trouble: an incident of their own, in the same state, kept apart from this one."""
    about = {field: getattr(incident, field) for field in ("provider", "model", "route")}
    part = open_incident(by=by, title=title, tickets=tickets, **about)
    if not incident.is_resolved:
        set_state(part, incident.state, by=by)
    note(incident, Kind.SPLIT_OFF, by, numbers=[ticket.pk for ticket in tickets], other=part)
    note(part, Kind.SPLIT_FROM, by, other=incident)
    keep_apart(incident, part, by=by)
    return part


def _refusal(incident: Incident, into: Incident) -> Refusal | None:
    if incident.pk == into.pk:
        return Refusal.ITSELF
    if incident.merged_into_id is not None or into.merged_into_id is not None:
        return Refusal.MERGED
    if into.is_resolved and not incident.is_resolved:
        return Refusal.OVER
    return Refusal.APART if are_apart(incident, into) else None


def _keep_the_same_apart(incident: Incident, into: Incident) -> None:
    """What was taken out of the one does not come back by way of the other."""
    out = TicketApart.objects.filter(incident=incident).exclude(ticket__incident=into)
    TicketApart.objects.bulk_create(
        [TicketApart(incident=into, ticket_id=row.ticket_id, by_id=row.by_id) for row in out],
        ignore_conflicts=True,
    )
