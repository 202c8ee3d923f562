"""The history of a ticket as its tab shows it: every entry of the chain, by kind, each judgement with its trace."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Event, Ticket
from tickets.services.chain import Break, verify_events

from .conversation import hidden_from

JUDGED = ("judged", "judged_beside_a_person")
EVIDENCE = (
    "evidence_read",
    "evidence_told",
    "evidence_set",
    "evidence_taken_back",
    "evidence_pasted",
    "asked",
)
MESSAGES = ("opened", "customer_wrote", "replied", "noted", "attached")
VERDICTS = (*JUDGED, "verdict_confirmed", "verdict_overruled", "verdict_taken_back")


@dataclass(frozen=True, slots=True)
class Group:
    slug: str
    title: str | Promise
    count: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the chain. `verdict` is the judgement that it tells of, `values` the evidence in it."""

    event: Event
    verdict: int | None = None

    @property
    def values(self) -> list[tuple[str, Any]]:
        values = self.event.data.get("values")
        return list(values.items()) if isinstance(values, dict) else []

    @property
    def hash(self) -> str:
        return self.event.hash[:8]


@dataclass(frozen=True, slots=True)
class History:
    entries: list[Entry]  # the newest first
    groups: list[Group]
    group: str
    broken: Break | None


GROUPS = (
    Group("", _("Everything")),
    Group("messages", _("Messages")),
    Group("evidence", _("Evidence")),
    Group("verdicts", _("Verdicts")),
    Group("work", _("Work")),
)


def history_page(ticket: Ticket, group: str, *, with_evidence: bool) -> History:
    """Three statements. The chain is walked here and on no other page: that takes the longer the older a ticket."""
    events = list(ticket.events.select_related("by").order_by("position"))
    broken = verify_events(ticket, events)
    shown = [
        entry for entry in _entries(ticket, events) if entry.event.kind not in hidden_from(with_evidence)
    ]
    group = group if group in {each.slug for each in GROUPS} else ""
    counted = [
        Group(each.slug, each.title, sum(_belongs(entry.event, each.slug) for entry in shown))
        for each in GROUPS
    ]
    entries = [entry for entry in reversed(shown) if _belongs(entry.event, group)]
    return History(entries, counted, group, broken)


def _entries(ticket: Ticket, events: list[Event]) -> Iterator[Entry]:
    """Judgements stand in the order of the entries that tell of them."""
    verdicts = iter(ticket.verdicts.filter(by=None).order_by("pk").values_list("pk", flat=True))
    for event in events:
        yield Entry(event, next(verdicts, None) if event.kind in JUDGED else None)


def _belongs(event: Event, group: str) -> bool:
    return not group or _group_of(event.kind) == group


def _group_of(kind: str) -> str:
    if kind in EVIDENCE:
        return "evidence"
    if kind in VERDICTS:
        return "verdicts"
    return "messages" if kind in MESSAGES else "work"
