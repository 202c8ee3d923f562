"""Operators of the search box that columns of the ticket answer, as conditions."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tickets.models import (
    Attachment,
    Draft,
    Escalation,
    Language,
    Message,
    Person,
    Reading,
    Team,
    Ticket,
    VerdictChoice,
)
from tickets.models.ticket_state import NO_DEADLINE

OPEN = Q(status=Ticket.Status.OPEN)
UNSOLVED = Q(status__in=(Ticket.Status.OPEN, Ticket.Status.WAITING, Ticket.Status.SNOOZED))
CUSTOMER_SPOKE_LAST = Q(customer_spoke_at__isnull=False) & (
    Q(desk_spoke_at=None) | Q(customer_spoke_at__gt=F("desk_spoke_at"))
)
MERGED = "merged"  # is:merged, the one that finds what lists leave out
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


class NotUnderstood(ValueError):
    """The value does not fit the operator; the message is for the one who typed it."""


def condition(name: str, value: str, *, person: Person, now: datetime) -> Q:
    held = value.replace("\0", "")  # which no column of PostgreSQL can hold
    return _READ[name](held.casefold(), person, now)


def unread_by(person: int) -> Q:
    """The customer wrote since the person of this number had the ticket open last."""
    read = Reading.objects.filter(
        person=person, ticket=OuterRef("pk"), read_at__gte=OuterRef("customer_spoke_at")
    )
    return Q(customer_spoke_at__isnull=False) & ~Q(Exists(read))


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
        "unread": unread_by(person.pk),
        "unanswered": CUSTOMER_SPOKE_LAST,
        "escalated": Q(pk__in=Escalation.objects.open().values("ticket")),
        "mine": Q(assignee=person),
        "unassigned": Q(assignee=None),
        "confirmed": Q(verdict_by_person=True),
        "unconfirmed": Q(verdict_by_person=False),
        MERGED: Q(merged_into__isnull=False),
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


def _cause(value: str, person: Person, now: datetime) -> Q:
    return Q(cause__startswith=value[:-1]) if value.endswith("*") else Q(cause=value)


def _tag(value: str, person: Person, now: datetime) -> Q:
    put = Ticket.tags.through.objects.filter(ticket=OuterRef("pk"), tag__name=value.lstrip("#"))
    return Q(Exists(put))


def _due(value: str, person: Person, now: datetime) -> Q:
    if value in ("none", "no"):
        return Q(due_at=NO_DEADLINE)
    if value in ("late", "missed"):
        return UNSOLVED & Q(due_at__lt=now)
    within = re.fullmatch(r"(\d{1,4})([hdw])", value, re.ASCII)
    if within is None:
        raise NotUnderstood(_("due: is a time such as 2h or 1d, late, or none."))
    return UNSOLVED & Q(due_at__lt=now + timedelta(**{_UNITS[within[2]]: int(within[1])}))


def _has(value: str, person: Person, now: datetime) -> Q:
    of_ticket: dict[str, QuerySet[Any]] = {
        "file": Attachment.objects.filter(ticket=OuterRef("pk")),
        "note": Message.objects.kept().filter(ticket=OuterRef("pk"), kind=Message.Kind.NOTE),
        "reply": Message.objects.kept().filter(ticket=OuterRef("pk"), kind=Message.Kind.REPLY),
        "draft": Draft.objects.filter(ticket=OuterRef("pk"), person=person),
        "tag": Ticket.tags.through.objects.filter(ticket=OuterRef("pk")),
        "escalation": Escalation.objects.filter(ticket=OuterRef("pk")),
    }
    if value == "incident":
        return Q(incident__isnull=False)
    if value not in of_ticket:
        words = ", ".join([*of_ticket, "incident"])
        raise NotUnderstood(_("has: can be %(words)s.") % {"words": words})
    return Q(Exists(of_ticket[value]))


def _source(value: str, person: Person, now: datetime) -> Q:
    if value not in Ticket.Source.values:
        raise NotUnderstood(_("source: can be %(words)s.") % {"words": ", ".join(Ticket.Source.values)})
    return Q(source=value)


def _language(value: str, person: Person, now: datetime) -> Q:
    spoken = {"en": Language.ENGLISH, "zh": Language.CHINESE, Language.CHINESE.value: Language.CHINESE}
    if value not in spoken:
        raise NotUnderstood(_("language: is en or zh."))
    return Q(language=spoken[value])


def _team(value: str, person: Person, now: datetime) -> Q:
    """Of one team by number or name, of none, or of those that the person is in."""
    if value in ("none", "no"):
        return Q(team=None)
    if value in ("mine", "me"):
        return Q(team__in=Team.members.through.objects.filter(person=person).values("team"))
    if value.isascii() and value.isdecimal():
        return Q(team=int(value[:18]))
    return Q(team__in=Team.objects.filter(name__icontains=value).values("pk"))


def _error(value: str, person: Person, now: datetime) -> Q:
    """Tickets that show one and the same error, by its fingerprint."""
    if not re.fullmatch(r"[0-9a-f]{16}", value):
        raise NotUnderstood(_("error: takes the 16 signs that stand for one error."))
    return Q(fingerprint=value)


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
        return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo or UTC).astimezone(UTC)
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
    "cause": _cause,
    "tag": _tag,
    "due": _due,
    "has": _has,
    "source": _source,
    "language": _language,
    "team": _team,
    "error": _error,
    "after": _after,
    "before": _before,
}
