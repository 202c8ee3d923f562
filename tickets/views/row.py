"""A row of a list as the template shows it: every word and address ready, for fifty of them are drawn at once."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypedDict

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from tickets.models import Person, Snooze, Ticket
from tickets.models.ticket import VerdictChoice
from tickets.services.catalogue import cause_named
from tickets.services.row import Row

from .card import ICONS, TONES


class Moment(TypedDict):
    at: datetime
    machine: str  # RFC 3339
    exact: str


class Assignee(TypedDict):
    name: str
    initials: str
    is_away: bool


class ShownRow(TypedDict):
    """Plain values only: a template looks up a key faster than an attribute, and a string faster than a number."""

    number: str
    subject: str
    address: str
    lang: str
    is_selected: bool
    is_unread: bool
    is_unanswered: bool
    is_resolved: bool
    is_charged: bool
    has_draft: bool
    verdict: str
    tone: str
    icon: str
    cause: str
    account: str
    customer: str
    model: str
    endpoint: str
    status: str
    alike: str
    tags: tuple[str, ...]
    more_tags: str
    replies: str
    state: str
    asleep: Snooze | None
    deadline: Moment | None
    waiting: Moment | None
    opened: Moment
    assignee: Assignee | None


def shown_rows(
    rows: Iterable[Row], *, drafts: Collection[int] = (), selected: Collection[int] = ()
) -> list[ShownRow]:
    """`drafts` and `selected` are numbers of tickets."""
    labels = Labels(get_language() or "en")
    return [_shown(row, labels, drafts, selected) for row in rows]


class Labels:
    """What many rows say alike, looked up once."""

    def __init__(self, language: str) -> None:
        self.verdicts = {value: str(label) for value, label in VerdictChoice.choices}
        self.states = {value: str(label) for value, label in Ticket.Status.choices}
        self.before, self.behind = reverse("ticket", args=(0,)).split("0")
        self._language = language

    def address_of(self, number: int) -> str:
        return f"{self.before}{number}{self.behind}"

    def cause(self, slug: str) -> str:
        return cause_named(slug).title.in_language(self._language)


def _shown(row: Row, labels: Labels, drafts: Collection[int], selected: Collection[int]) -> ShownRow:
    ticket = row.ticket
    return {
        "number": str(ticket.number),
        "subject": ticket.subject,
        "address": labels.address_of(ticket.number),
        "lang": "zh-Hans" if ticket.language.startswith("zh") else "en",
        "is_selected": ticket.number in selected,
        "is_unread": row.is_unread,
        "is_unanswered": ticket.is_unanswered,
        "is_resolved": ticket.is_resolved,
        "is_charged": bool(ticket.charged),
        "has_draft": ticket.number in drafts,
        "verdict": labels.verdicts.get(ticket.verdict, ticket.verdict),
        "tone": TONES.get(ticket.verdict, ""),
        "icon": ICONS.get(ticket.verdict, "evidence"),
        "cause": labels.cause(ticket.cause),
        "account": str(ticket.account or row.told_account),
        "customer": str(ticket.customer),
        "model": row.model,
        "endpoint": row.endpoint,
        "status": row.status,
        "alike": str(row.alike or ""),
        "tags": row.tags,
        "more_tags": str(row.more_tags or ""),
        "replies": str(row.replies),
        "state": labels.states[ticket.status],
        "asleep": _asleep(ticket),
        "deadline": _moment(ticket.deadline) if ticket.deadline else None,
        "waiting": _moment(ticket.customer_spoke_at) if ticket.customer_spoke_at else None,
        "opened": _moment(ticket.created_at),
        "assignee": _assignee(ticket.assignee) if ticket.assignee else None,
    }


def _asleep(ticket: Ticket) -> Snooze | None:
    """The snooze that the list brought along."""
    found: list[Snooze] = getattr(ticket, "asleep", [])
    return found[0] if found and ticket.status == Ticket.Status.SNOOZED else None


def _moment(at: datetime) -> Moment:
    local = timezone.localtime(at)
    return {
        "at": at,
        "machine": local.isoformat(timespec="seconds"),
        "exact": f"{local.isoformat(' ', 'minutes')[:16]} {local.tzname()}",
    }


def _assignee(person: Person) -> Assignee:
    return {"name": str(person), "initials": person.initials, "is_away": person.is_away}
