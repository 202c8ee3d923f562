"""Who is on duty at the gate: one after the other, week by week, but for those who are away.

A week that has begun stays as it is, whoever joins or leaves the rota; a week can be set by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tickets.models import Person, Role, RotaSeat, RotaWeek

from .setting_change import About, Kind, note_change

WEEK = timedelta(days=7)
LOOKED_BACK = 52  # weeks
REVIEWERS = (Role.ENGINEER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Week:
    """`person` is None where nobody of the rota is there. `is_set`: begun, or set by hand."""

    monday: date
    person: Person | None
    is_set: bool = False

    @property
    def ends_at(self) -> datetime:
        return midnight_of(self.monday + WEEK)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty now. Where the one whose week it is cannot be, the next one stands in."""

    person: Person
    until: datetime
    stands_in_for: Person | None = None


def plan(
    people: Sequence[Person], fixed: Mapping[date, Person], first: date, *, weeks: int, now: datetime
) -> list[Week]:
    """The weeks from `first` on. `people` stand in their order; `fixed` are weeks that are decided, past ones too.

    Next is who was on duty longest ago.
    """
    last = {person.pk: monday for monday, person in sorted(fixed.items()) if monday < first}
    planned = []
    for monday in (first + WEEK * number for number in range(weeks)):
        chosen = fixed.get(monday)
        if chosen is None:
            there = [person for person in people if not _is_away(person, max(now, midnight_of(monday)))]
            chosen = min(there, key=lambda person: last.get(person.pk, date.min), default=None)
        if chosen is not None:
            last[chosen.pk] = monday
        planned.append(Week(monday, chosen, monday in fixed))
    return planned


def weeks_ahead(count: int = 8) -> list[Week]:
    """This week and those to come; two statements."""
    now = timezone.now()
    first = monday_of(now)
    return plan(_people(), _fixed(first), first, weeks=count, now=now)


def on_duty() -> Duty | None:
    """Two statements."""
    now = timezone.now()
    first = monday_of(now)
    people, fixed = _people(), _fixed(first)
    (week,) = plan(people, fixed, first, weeks=1, now=now)
    if week.person is None:
        return None
    if week.person.is_active and not _is_away(week.person, now):
        return Duty(week.person, week.ends_at)
    others = [person for person in people if person != week.person]
    (instead,) = plan(
        others, {day: who for day, who in fixed.items() if day < first}, first, weeks=1, now=now
    )
    return Duty(instead.person, week.ends_at, week.person) if instead.person else None


def start_week() -> None:
    """Write down whose week it is once it has begun. Done by two at once, it happens once."""
    first = monday_of(timezone.now())
    if RotaWeek.objects.filter(monday=first).exists():
        return
    (week,) = weeks_ahead(1)
    if week.person is not None:
        RotaWeek.objects.get_or_create(monday=first, defaults={"person": week.person})


@transaction.atomic
def save_rota(positions: Mapping[Person, int], *, by: Person) -> None:
    """Who takes turns, each with a position."""
    before = [str(seat.person) for seat in RotaSeat.objects.select_related("person")]
    RotaSeat.objects.exclude(person__in=[person.pk for person in positions]).delete()
    for person, position in positions.items():
        RotaSeat.objects.update_or_create(person=person, defaults={"position": position})
    now = [str(seat.person) for seat in RotaSeat.objects.select_related("person")]
    if now != before:
        _note(by, {"people": [before, now]})


@transaction.atomic
def set_week(monday: date, person: Person, *, by: Person) -> None:
    """Put this person on duty in one week, in the rota or not."""
    planned = RotaWeek.objects.select_related("person").filter(monday=monday).first()
    before = str(planned.person) if planned else ""
    RotaWeek.objects.update_or_create(monday=monday, defaults={"person": person, "by": by})
    if before != str(person):
        _note(by, {monday.isoformat(): [before, str(person)]})


def may_be_on_duty() -> list[Person]:
    people = Person.objects.filter(is_active=True, role__in=REVIEWERS)
    return list(people.order_by("name", "pk"))


def monday_of(moment: datetime) -> date:
    day = moment.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def midnight_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _is_away(person: Person, at: datetime) -> bool:
    if person.away_since is None:
        return False
    return person.away_until is None or person.away_until > at


def _people() -> list[Person]:
    seats = RotaSeat.objects.select_related("person").filter(
        person__is_active=True, person__role__in=REVIEWERS
    )
    return [seat.person for seat in seats]


def _fixed(first: date) -> dict[date, Person]:
    weeks = RotaWeek.objects.select_related("person").filter(monday__gte=first - WEEK * LOOKED_BACK)
    return {week.monday: week.person for week in weeks}


def _note(by: Person, data: dict[str, list[Any]]) -> None:
    note_change(About.ROTA, Kind.SAVED, "gate", by=by, data=data)
