"""Putting a ticket aside until a time, an answer or the end of its incident, and waking it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tickets.models import Incident, Person, Snooze, Ticket

from . import outbox
from .clock import restate
from .event import CLOCK, CUSTOMER, record
from .status import Status, move

Until = Snooze.Until
Ended = Snooze.Ended
GRACE = timedelta(minutes=1)  # its own job comes first
BATCH = 100  # tickets woken in one transaction


class NothingToWaitFor(ValueError):
    """The ticket is of no open incident whose end could wake it, or no longer; as text a sentence for who asked."""

    def __str__(self) -> str:
        return _("There is no open incident to wait for.")


@transaction.atomic
def snooze(ticket: Ticket, *, by: Person, until: str, wakes_at: datetime | None = None) -> Snooze:
    """Put the ticket aside. The customer's next message wakes it, whatever `until` says.

    `wakes_at` goes with a time only. A ticket that sleeps already sleeps on as asked now. Raises NothingToWaitFor and
    Forbidden.
    """
    if (until == Until.TIME) != (wakes_at is not None):
        raise ValueError("a time to wake at belongs to snoozing until a time, and to nothing else")
    if until == Until.INCIDENT and not waits_for_incident(ticket):
        raise NothingToWaitFor
    before = move(ticket, Status.SNOOZED)
    ticket.snoozes.open().update(ended_at=timezone.now(), ended_because=Ended.PERSON)
    asleep = Snooze.objects.create(ticket=ticket, by=by, until=until, wakes_at=wakes_at)
    if wakes_at is not None:
        outbox.add("wake_snoozed", asleep, due=wakes_at, key=f"wake_snoozed:{asleep.pk}")
    record(ticket, "snoozed", by=by, until=until, wakes_at=wakes_at and wakes_at.isoformat(), before=before)
    restate(ticket)
    return asleep


def waits_for_incident(ticket: Ticket) -> bool:
    """Whether there is an incident whose end can be waited for."""
    return ticket.incident is not None and not ticket.incident.is_resolved


@transaction.atomic
def wake(ticket: Ticket, *, because: str, by: Person | None = None, asleep: Snooze | None = None) -> bool:
    """Let a sleeping ticket wait on us again. Says whether it slept; `asleep` is the only sleep to wake it from."""
    held = Ticket.objects.select_for_update().only("status").get(pk=ticket.pk)
    if held.status != Status.SNOOZED:
        return False
    if asleep is not None and not Snooze.objects.open().filter(pk=asleep.pk).exists():
        return False  # put aside anew since that was read
    move(ticket, Status.OPEN, woken_by=Ended(because))
    record(ticket, "woken", by=by or (CUSTOMER if because == Ended.REPLY else CLOCK), because=because)
    restate(ticket)
    return True


def wake_when_due(snooze_id: int) -> None:
    """The job of one timed snooze. One that was ended or replaced meanwhile wakes nothing."""
    _wake_each(Snooze.objects.open().filter(pk=snooze_id, wakes_at__lte=timezone.now()), because=Ended.TIME)


def wake_all_of(incident: Incident) -> int:
    """Wake the tickets that slept until this incident ends; how many. Of very many, the rest is left to a job."""
    asleep = Snooze.objects.open().filter(until=Until.INCIDENT, ticket__incident=incident)
    woken = _wake_each(asleep, because=Ended.INCIDENT)
    if woken == BATCH:
        outbox.add("wake_of_incident", incident)
    return woken


def wake_of_incident(incident_id: int) -> None:
    """The job for the rest of them, some at a time. An incident that goes on after all wakes none."""
    incident = Incident.objects.get(pk=incident_id)
    if incident.is_resolved:
        wake_all_of(incident)


def wake_overdue() -> int:
    """Wake what should be awake already, should a job or the end of an incident have been missed."""
    late = Snooze.objects.open().filter(wakes_at__lt=timezone.now() - GRACE)
    alone = (
        Snooze.objects.open()
        .filter(until=Until.INCIDENT)
        .filter(Q(ticket__incident=None) | Q(ticket__incident__state=Incident.State.RESOLVED))
    )
    return _wake_each(late, because=Ended.TIME) + _wake_each(alone, because=Ended.INCIDENT)


def _wake_each(sleeps: QuerySet[Snooze], *, because: Ended) -> int:
    """At most BATCH of them, in the order of their tickets, as everybody locks them."""
    found = sleeps.select_related("ticket").order_by("ticket")[:BATCH]
    return sum(wake(asleep.ticket, because=because, asleep=asleep) for asleep in found)
