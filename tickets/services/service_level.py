"""How soon a customer hears from us: what a new desk begins with, and what admins change.

After a change, a job restates the clocks of every open ticket.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from tickets.models import BusinessCalendar, Holiday, Person, SlaPolicy, VerdictChoice

from . import outbox
from .setting_change import About, Kind, differences, note_change, state_of

CALENDAR_FIELDS = ("name", "zone", "always_open", "hours")
POLICY_FIELDS = (
    "name", "name_zh", "position", "is_active", "verdict", "tier", "calendar", "first_reply", "next_reply", "solve",
    "pauses",
)  # fmt: skip
HOUR = 60  # minutes
FIRST = (
    # name, in Chinese, verdict, first reply, next reply, solution
    ("Provider incident", "供应商故障", VerdictChoice.PROVIDER_INCIDENT, HOUR, 4 * HOUR, 24 * HOUR),
    ("Standard", "标准", "", 4 * HOUR, 8 * HOUR, 72 * HOUR),
)


@transaction.atomic
def set_up() -> None:
    """Once, on a desk that has no calendar yet."""
    if BusinessCalendar.objects.exists():
        return
    calendar = BusinessCalendar.objects.create(name="24/7", always_open=True)
    SlaPolicy.objects.bulk_create(
        SlaPolicy(
            name=name,
            name_zh=name_zh,
            position=position,
            verdict=verdict,
            calendar=calendar,
            first_reply=first,
            next_reply=following,
            solve=solve,
        )
        for position, (name, name_zh, verdict, first, following, solve) in enumerate(FIRST)
    )


class InUse(ValueError):
    """It cannot be removed, since something goes by it; `names` says what."""

    def __init__(self, *names: str) -> None:
        super().__init__(", ".join(names))
        self.names = names


@transaction.atomic
def save_calendar(calendar: BusinessCalendar, *, holidays: Mapping[date, str], by: Person) -> None:
    """Store a new or changed calendar with its holidays."""
    known = BusinessCalendar.objects.filter(pk=calendar.pk).first() if calendar.pk else None
    before = _state_of_calendar(known) if known else {}
    calendar.save()
    calendar.holidays.all().delete()
    Holiday.objects.bulk_create(
        Holiday(calendar=calendar, day=day, name=name) for day, name in sorted(holidays.items())
    )
    _note(About.CALENDAR, calendar, before, _state_of_calendar(calendar), by)


@transaction.atomic
def remove_calendar(calendar: BusinessCalendar, *, by: Person) -> None:
    """Raises InUse where policies count in its hours."""
    policies = [policy.name for policy in calendar.policies.all()]
    if policies:
        raise InUse(*policies)
    note_change(About.CALENDAR, Kind.REMOVED, calendar, by=by)
    calendar.delete()


@transaction.atomic
def save_policy(policy: SlaPolicy, *, by: Person) -> None:
    """Store a new or changed policy."""
    known = SlaPolicy.objects.select_related("calendar").filter(pk=policy.pk).first() if policy.pk else None
    before = state_of(known, POLICY_FIELDS) if known else {}
    policy.save()
    _note(About.POLICY, policy, before, state_of(policy, POLICY_FIELDS), by)


@transaction.atomic
def remove_policy(policy: SlaPolicy, *, by: Person) -> None:
    """Raises InUse where a ticket was promised something by it: the record of that would go with it."""
    if policy.clocks.exists():
        raise InUse(policy.name)
    note_change(About.POLICY, Kind.REMOVED, policy, by=by)
    policy.delete()


def _note(about: About, row: Any, before: dict[str, Any], now: dict[str, Any], by: Person) -> None:
    changed = differences(before, now)
    if changed:
        note_change(about, Kind.SAVED if before else Kind.ADDED, row, by=by, data=changed)
        outbox.add("restate_open")


def _state_of_calendar(calendar: BusinessCalendar) -> dict[str, Any]:
    days = [f"{day} {name}".strip() for day, name in calendar.holidays.values_list("day", "name")]
    return {**state_of(calendar, CALENDAR_FIELDS), "holidays": days}
