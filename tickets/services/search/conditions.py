"""Operators of the search box that columns of the ticket answer, as conditions."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext as _

from tickets.models import Escalation, Person, Ticket, VerdictChoice

OPEN = Q(status=Ticket.Status.OPEN)
UNSOLVED = Q(status__in=(Ticket.Status.OPEN, Ticket.Status.WAITING, Ticket.Status.SNOOZED))
CUSTOMER_SPOKE_LAST = Q(customer_spoke_at__isnull=False) & (
    Q(desk_spoke_at=None) | Q(customer_spoke_at__gt=F("desk_spoke_at"))
)
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


class NotUnderstood(ValueError):
    """The value does not fit the operator; the message is for the one who typed it."""


def condition(name: str, value: str, *, person: Person, now: datetime) -> Q:
    return _READ[name](value.casefold(), person, now)


def _charged(value: str, person: Person, now: datetime) -> Q:
    known = {"yes": True, "no": False, "unknown": None}
    if value not in known:
        raise NotUnderstood(_("charged: is yes, no or unknown."))
    return Q(charged=known[value])


def _verdict(value: str, person: Person, now: datetime) -> Q:
    chosen = [each for each in VerdictChoice.values if value in each.split("_") or value == each]
    if not chosen:
        raise NotUnderstood(_("verdict: is config_mistake, provider_incident or needs_evidence."))
    return Q(verdict__in=chosen)


def _is(value: str, person: Person, now: datetime) -> Q:
    states = {
        "open": OPEN,
        "waiting": Q(status=Ticket.Status.WAITING),
        "snoozed": Q(status=Ticket.Status.SNOOZED),
        "resolved": Q(status=Ticket.Status.RESOLVED),
        "unsolved": UNSOLVED,
        "unread": CUSTOMER_SPOKE_LAST,
        "escalated": Q(pk__in=Escalation.objects.open().values("ticket")),
        "mine": Q(assignee=person),
        "unassigned": Q(assignee=None),
        "confirmed": Q(verdict_by_person=True),
        "unconfirmed": Q(verdict_by_person=False),
    }
    if value not in states:
        raise NotUnderstood(_("is: can be %(words)s.") % {"words": ", ".join(states)})
    return states[value]


def _assignee(value: str, person: Person, now: datetime) -> Q:
    if value == "me":
        return Q(assignee=person)
    if value in ("nobody", "none"):
        return Q(assignee=None)
    if value.isascii() and value.isdecimal():
        return Q(assignee=int(value[:18]))
    people = [
        each.pk
        for each in Person.objects.only("name", "email")
        if value in each.name.casefold() or each.email.casefold().startswith(value)
    ]
    if not people:
        raise NotUnderstood(_("Nobody here is called %(name)s.") % {"name": value})
    return Q(assignee__in=people)


def _incident(value: str, person: Person, now: datetime) -> Q:
    if value in ("none", "no"):
        return Q(incident=None)
    if value in ("any", "yes"):
        return Q(incident__isnull=False)
    if not (value.isascii() and value.isdecimal()):
        raise NotUnderstood(_("incident: is its number, any or none."))
    return Q(incident=int(value[:18]))


def _after(value: str, person: Person, now: datetime) -> Q:
    return Q(created_at__gte=_moment(value, now))


def _before(value: str, person: Person, now: datetime) -> Q:
    return Q(created_at__lt=_moment(value, now))


def _moment(value: str, now: datetime) -> datetime:
    back = re.fullmatch(r"(\d{1,4})([hdw])", value, re.ASCII)
    if back:
        return now - timedelta(**{_UNITS[back[2]]: int(back[1])})
    try:
        day = date.fromisoformat(value)
        return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo or UTC)
    except (ValueError, OverflowError):
        raise NotUnderstood(
            _("A time is written as 12h, 2d, 3w or 2026-01-31, not %(value)s.") % {"value": value}
        ) from None


_READ: dict[str, Callable[[str, Person, datetime], Q]] = {
    "charged": _charged,
    "verdict": _verdict,
    "is": _is,
    "assignee": _assignee,
    "incident": _incident,
    "after": _after,
    "before": _before,
}
