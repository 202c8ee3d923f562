"""One action on several tickets at once, or on one of them, and taking it back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tickets.models import BulkChange, Incident, Merge, Outcome, Person, Snooze, Tag, Ticket

from .assignment import assign
from .clock import restate
from .incident import states as incidents
from .locked import locked
from .merge import merge, undo_merge
from .outcome import resolve
from .put_back import (
    ASSIGNED,
    JUDGED,
    MOVED,
    put_back_assignee,
    put_back_closing,
    put_back_status,
    put_back_verdict,
    status_before,
)
from .snooze import snooze, waits_for_incident
from .status import set_status
from .tag import change_tags, set_tags
from .verdict import confirm, overrule

Action = BulkChange.Action
# Events that say: somebody decided anew since.
DECIDED_ANEW = {
    Action.ASSIGN: ASSIGNED,
    Action.STATUS: MOVED,
    Action.SNOOZE: MOVED,
    Action.CONFIRM: JUDGED,
    Action.OVERRULE: JUDGED,
    Action.TAG: ("tags_set",),
    Action.INCIDENT: ("incident_attached", "incident_detached"),
    Action.RESOLVE: MOVED,
}


@dataclass(frozen=True, slots=True)
class Undone:
    """How many tickets are as before; `kept` are the numbers of those that somebody changed since."""

    restored: int
    kept: tuple[int, ...]


def assign_all(tickets: Iterable[Ticket], *, to: Person | None, by: Person) -> BulkChange:
    return _change_each(
        tickets, Action.ASSIGN, by, lambda one: one.assignee_id, lambda one: assign(one, to=to, by=by)
    )


def set_status_of_all(tickets: Iterable[Ticket], *, status: str, by: Person) -> BulkChange:
    return _change_each(tickets, Action.STATUS, by, status_before, lambda one: set_status(one, status, by=by))


def snooze_all(
    tickets: Iterable[Ticket], *, until: str, wakes_at: datetime | None = None, by: Person
) -> BulkChange:
    """Resolved tickets are left alone, and so is what waits for an incident that it has not."""

    def put_aside(one: Ticket) -> None:
        if not one.is_resolved and (until != Snooze.Until.INCIDENT or waits_for_incident(one)):
            snooze(one, by=by, until=until, wakes_at=wakes_at)

    return _change_each(tickets, Action.SNOOZE, by, status_before, put_aside)


def confirm_all(tickets: Iterable[Ticket], *, by: Person) -> BulkChange:
    """Verdicts that a person gave already stay as they are."""
    return _change_each(tickets, Action.CONFIRM, by, lambda one: None, lambda one: _confirm(one, by))


def overrule_all(tickets: Iterable[Ticket], *, cause: str, reason: str, by: Person) -> BulkChange:
    """Verdicts that a person gave already stay as they are."""

    def name_cause(one: Ticket) -> None:
        if not one.verdict_by_person:
            overrule(one, by=by, cause=cause, reason=reason)

    return _change_each(tickets, Action.OVERRULE, by, lambda one: None, name_cause)


def tag_all(
    tickets: Iterable[Ticket], *, add: Iterable[str] = (), remove: Iterable[str] = (), by: Person
) -> BulkChange:
    added, removed = tuple(add), tuple(remove)
    return _change_each(
        tickets, Action.TAG, by, _tags_of, lambda one: change_tags(one, add=added, remove=removed, by=by)
    )


def attach_all(tickets: Iterable[Ticket], *, incident: Incident | None, by: Person) -> BulkChange:
    """Say that the tickets are of this incident, or of none."""

    def attach(held: list[Ticket]) -> None:
        if incident is not None:
            incidents.attach(held, incident, by=by)
        else:
            for one in held:
                incidents.detach(one, by=by)

    return _change(tickets, Action.INCIDENT, by, lambda one: one.incident_id, attach)


def resolve_all(tickets: Iterable[Ticket], *, result: str, plain: str, by: Person) -> BulkChange:
    """Each with the cause that stands on it and the same words. What is resolved already or with the engineers is
    left alone. Raises HeldBack, and resolves none, where the words must not be said on one of them.
    """
    charged = {True: Outcome.Answer.YES, False: Outcome.Answer.NO, None: Outcome.Answer.UNKNOWN}

    def close(one: Ticket) -> None:
        if one.is_resolved or one.escalations.open().exists():
            return
        answers = {"charged": charged[one.charged], "retried": Outcome.Answer.UNKNOWN}
        resolve(one, by=by, cause=one.cause, plain=plain, result=result, **answers)

    return _change_each(tickets, Action.RESOLVE, by, _closing_of, close)


@transaction.atomic
def merge_all(tickets: Iterable[Ticket], *, into: Ticket, by: Person) -> tuple[BulkChange, list[Merge]]:
    """Let all of them live on in one. Raises CannotMerge, with nothing changed, where one of them cannot."""
    merges = merge(tickets, into=into, by=by)
    changes = [
        {"ticket": one.ticket_id, "position": one.ticket.chain_length, "before": one.pk} for one in merges
    ]
    return BulkChange.objects.create(action=Action.MERGE, by=by, changes=changes), merges


@transaction.atomic
def change_one(
    ticket: Ticket, action: BulkChange.Action, change: Callable[[Ticket], object], *, by: Person
) -> BulkChange | None:
    """Let `change` do the action on this ticket, so that it can be taken back; None where nothing changed by it."""
    made = _change_each([ticket], action, by, _STATE_OF_ONE[action], change)
    if made.changes:
        return made
    made.delete()
    return None


@transaction.atomic
def undo(change: BulkChange, *, by: Person) -> Undone:
    """Put back what the action changed, but for tickets that somebody changed since. Twice does nothing more."""
    change = BulkChange.objects.select_for_update().get(pk=change.pk)
    if change.undone_at is not None:
        return Undone(0, ())
    undone = _part_again(change, by) if change.action == Action.MERGE else _put_back_each(change, by)
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    return undone


def stands(change: BulkChange) -> bool:
    """Whether it was not taken back: as a whole, or, of merged tickets, one by one."""
    if change.undone_at is not None:
        return False
    if change.action != Action.MERGE:
        return True
    return Merge.objects.standing().filter(pk__in=[entry["before"] for entry in change.changes]).exists()


def _part_again(change: BulkChange, by: Person) -> Undone:
    """Each merged ticket stands by itself again, but for those that do so already."""
    merges = list(Merge.objects.filter(pk__in=[entry["before"] for entry in change.changes]).order_by("pk"))
    locked({number for one in merges for number in (one.ticket_id, one.into_id)})
    kept = tuple(one.ticket_id for one in merges if not undo_merge(one, by=by))
    return Undone(len(merges) - len(kept), kept)


def _put_back_each(change: BulkChange, by: Person) -> Undone:
    entries = {entry["ticket"]: entry for entry in change.changes}
    restored, kept = 0, []
    for ticket in locked(entries):
        entry = entries[ticket.number]
        if _was_decided_anew(ticket, change.action, entry["position"]):
            kept.append(ticket.number)
            continue
        _PUT_BACK[Action(change.action)](ticket, entry["before"], by)
        restored += 1
    return Undone(restored, tuple(kept))


def _change_each(
    tickets: Iterable[Ticket],
    action: BulkChange.Action,
    by: Person,
    state: Callable[[Ticket], Any],
    change: Callable[[Ticket], object],
) -> BulkChange:
    def change_in_turn(held: list[Ticket]) -> None:
        for one in held:
            change(one)

    return _change(tickets, action, by, state, change_in_turn)


@transaction.atomic
def _change(
    tickets: Iterable[Ticket],
    action: BulkChange.Action,
    by: Person,
    state: Callable[[Ticket], Any],
    change: Callable[[list[Ticket]], object],
) -> BulkChange:
    """What grew the chain of a ticket changed it; `state` is what stood there before."""
    held = locked(ticket.pk for ticket in tickets)
    before = {one.pk: (state(one), one.chain_length) for one in held}
    change(held)
    changes = [
        {"ticket": one.pk, "position": one.chain_length, "before": before[one.pk][0]}
        for one in held
        if one.chain_length != before[one.pk][1]
    ]
    return BulkChange.objects.create(action=action, by=by, changes=changes)


def _was_decided_anew(ticket: Ticket, action: str, position: int) -> bool:
    if ticket.merged_into_id is not None:
        return True
    return ticket.events.filter(position__gt=position, kind__in=DECIDED_ANEW[Action(action)]).exists()


def _confirm(ticket: Ticket, by: Person) -> None:
    if not ticket.verdict_by_person and ticket.current_verdict() is not None:
        confirm(ticket, by=by)


def _closing_of(ticket: Ticket) -> dict[str, Any]:
    """With what closing says and ends besides."""
    return {
        **status_before(ticket),
        "charged": ticket.charged,
        "outcomes": list(ticket.outcomes.values_list("pk", flat=True)),
        "escalations": list(ticket.escalations.open().values_list("pk", flat=True)),
    }


def _word_on(ticket: Ticket) -> int | None:
    """The verdict by a person that stands there."""
    standing = ticket.current_verdict()
    return standing.pk if standing and standing.by_id else None


def _tags_of(ticket: Ticket) -> list[str]:
    return list(Tag.objects.filter(tickets=ticket).values_list("name", flat=True))


def _put_back_tags(ticket: Ticket, before: list[str], by: Person) -> None:
    set_tags(ticket, before, by=by)


def _put_back_incident(ticket: Ticket, before: int | None, by: Person) -> None:
    incident = Incident.objects.filter(pk=before).first() if before else None
    if incident is None:
        incidents.detach(ticket, by=by, keep_apart=False)
    else:
        incidents.attach([ticket], incident, by=by)


def _put_back_closing(ticket: Ticket, before: dict[str, Any], by: Person) -> None:
    put_back_status(ticket, before, by)
    if "outcomes" not in before:  # closed among several, before that was kept for those too
        return
    made = ticket.outcomes.exclude(pk__in=before["outcomes"]).values_list("pk", flat=True)
    put_back_closing(
        ticket, outcomes=list(made), escalations=before["escalations"], charged=before["charged"]
    )
    restate(ticket)


_STATE_OF_ONE: dict[BulkChange.Action, Callable[[Ticket], Any]] = {
    Action.ASSIGN: lambda one: one.assignee_id,
    Action.STATUS: status_before,
    Action.SNOOZE: status_before,
    Action.CONFIRM: _word_on,
    Action.OVERRULE: _word_on,
    Action.RESOLVE: _closing_of,
}
_PUT_BACK: dict[BulkChange.Action, Callable[[Ticket, Any, Person], None]] = {
    Action.ASSIGN: put_back_assignee,
    Action.STATUS: put_back_status,
    Action.SNOOZE: put_back_status,
    Action.CONFIRM: put_back_verdict,
    Action.OVERRULE: put_back_verdict,
    Action.TAG: _put_back_tags,
    Action.INCIDENT: _put_back_incident,
    Action.RESOLVE: _put_back_closing,
}
