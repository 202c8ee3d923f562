"""Who works on a ticket: given by hand, or by a rule to whom it is next or who has least to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from tickets.models import (
    AssignmentMember,
    AssignmentRule,
    AssignmentWait,
    Person,
    Role,
    Ticket,
)

from .event import record
from .team import give_to_team

Mode = AssignmentRule.Mode
BATCH = 50  # tickets given away in one round
PIECE = 200  # waiting ones read at once


@transaction.atomic
def assign(ticket: Ticket, *, to: Person | None, by: Person) -> None:
    """Give the ticket to a person, or to nobody. Given to the same person again, nothing happens."""
    # What the row says now counts: a colleague may have given it away since it was read.
    ticket.assignee_id = (
        Ticket.objects.select_for_update().values_list("assignee", flat=True).get(pk=ticket.pk)
    )
    if ticket.assignee == to:
        return
    _set(ticket, to)
    record(ticket, "assigned" if to else "unassigned", by=by, to=to and to.pk, name=str(to) if to else "")


@transaction.atomic
def assign_by_rule(ticket: Ticket) -> Person | None:
    """Put a new ticket into the queue that the rules name, and give it to whom they name. Where nobody is free, it
    waits until somebody is.
    """
    fitting = _fitting(ticket)
    if fitting and fitting.team:
        give_to_team(ticket, fitting.team, by=_actor(fitting))
    rule = fitting if fitting and fitting.mode != Mode.HAND else None
    if rule is None or ticket.assignee_id is not None:
        return None
    person = _give(ticket, rule)
    if person is None:
        AssignmentWait.objects.get_or_create(ticket=ticket)
        record(ticket, "not_assigned", by=_actor(rule), rule=rule.name, passed=_passed(_seats(rule)))
    return person


def assign_waiting() -> int:
    """Give away the tickets that wait for a free person, the oldest first; how many were given, at most BATCH.

    A rule that has nobody free is not asked again in the same round: its tickets hold up none of another rule.
    """
    rules = list(AssignmentRule.objects.active())
    giving = {rule.pk for rule in rules if rule.mode != Mode.HAND}
    without_anybody: set[int] = set()
    given = 0
    for ticket in _waiting():
        fitting = next((rule for rule in rules if rule.fits(ticket)), None)
        if fitting is not None and fitting.pk in without_anybody:
            continue
        match _assign_waiting(ticket.pk):
            case Person():
                given += 1
            case AssignmentRule() as asked:
                without_anybody.add(asked.pk)
        if given == BATCH or (giving and giving <= without_anybody):
            break
    return given


def _waiting() -> Iterator[Ticket]:
    """Some at a time, as they are given away meanwhile."""
    last: tuple[Any, int] | None = None
    while True:
        rows = AssignmentWait.objects.select_related("ticket__account")
        if last is not None:
            since, pk = last
            rows = rows.filter(Q(since__gt=since) | Q(since=since, pk__gt=pk))
        found = list(rows[:PIECE])
        yield from (row.ticket for row in found)
        if len(found) < PIECE:
            return
        last = found[-1].since, found[-1].pk


def rule_for(ticket: Ticket) -> AssignmentRule | None:
    """The rule that gives this ticket away; None where it is assigned by hand."""
    rule = _fitting(ticket)
    return rule if rule and rule.mode != Mode.HAND else None


def _fitting(ticket: Ticket) -> AssignmentRule | None:
    rules = AssignmentRule.objects.active().select_related("team")
    return next((rule for rule in rules if rule.fits(ticket)), None)


def load_of(people: Iterable[Person]) -> dict[int, int]:
    """How many tickets wait on us in the hands of each; one statement."""
    held = Ticket.objects.standing().filter(assignee__in=list(people), status=Ticket.Status.OPEN)
    return dict(held.order_by().values_list("assignee").annotate(Count("pk")))


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a rule as they stand now."""

    member: AssignmentMember
    person: Person
    load: int

    @property
    def is_full(self) -> bool:
        return self.person.capacity is not None and self.load >= self.person.capacity

    @property
    def is_free(self) -> bool:
        return not self.person.is_away and not self.is_full


def _give(ticket: Ticket, rule: AssignmentRule) -> Person | None:
    # Adding a turn locks the rule: of two tickets at once, the second sees to whom the first one went.
    if not AssignmentRule.objects.active().filter(pk=rule.pk).update(turn=F("turn") + 1):
        return None
    turn = AssignmentRule.objects.values_list("turn", flat=True).get(pk=rule.pk)
    seats = _seats(rule)
    free = [seat for seat in seats if seat.is_free]
    if not free:
        return None
    chosen = min(free, key=_by_load if rule.mode == Mode.LOAD else _by_turn)
    AssignmentMember.objects.filter(pk=chosen.member.pk).update(served=turn)
    _set(ticket, chosen.person)
    record(
        ticket,
        "assigned",
        by=_actor(rule),
        to=chosen.person.pk,
        name=str(chosen.person),
        rule=rule.name,
        mode=rule.mode,
        load=chosen.load,
        capacity=chosen.person.capacity,
        passed=_passed(seats),
    )
    return chosen.person


def _seats(rule: AssignmentRule) -> list[Seat]:
    """The people of the rule who may work tickets, locked, so that two rules never fill one person beyond bounds."""
    members = list(rule.members.all())
    may_work = Person.objects.filter(is_active=True).exclude(role=Role.BILLING)
    locked = may_work.select_for_update(of=("self",), no_key=True).order_by("pk")
    people = {person.pk: person for person in locked.filter(pk__in=[each.person_id for each in members])}
    load = load_of(people.values())
    return [
        Seat(member, people[member.person_id], load.get(member.person_id, 0))
        for member in members
        if member.person_id in people
    ]


def _by_turn(seat: Seat) -> tuple[int, int]:
    return seat.member.served, seat.member.pk


def _by_load(seat: Seat) -> tuple[float, int, int]:
    """Who has the smallest part of their capacity in hand; without one, 20 count as full."""
    return seat.load / (seat.person.capacity or 20), seat.member.served, seat.member.pk


def _passed(seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """Who was passed over, and why."""
    return [
        {"name": str(seat.person), "why": "away" if seat.person.is_away else "full"}
        for seat in seats
        if not seat.is_free
    ][:BATCH]


@transaction.atomic
def _assign_waiting(number: int) -> Person | AssignmentRule | None:
    """To whom it was given, or the rule that has nobody free. None where it waits for nobody any more."""
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("account").get(pk=number)
    is_settled = ticket.assignee_id is not None or ticket.is_resolved or ticket.merged_into_id is not None
    rule = None if is_settled else rule_for(ticket)
    if rule is None:  # or it is given by hand now
        AssignmentWait.objects.filter(pk=number).delete()
        return None
    return _give(ticket, rule) or rule


def _set(ticket: Ticket, person: Person | None) -> None:
    ticket.assignee = person
    ticket.save(update_fields=["assignee"])
    AssignmentWait.objects.filter(pk=ticket.pk).delete()


def _actor(rule: AssignmentRule) -> str:
    return f"assignment-rule:{rule.pk}"
