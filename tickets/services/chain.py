"""Checking evidence chains: against themselves, against the recorded heads, and against the daily anchors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from tickets.models import AnchoredChain, Event, Person, Ticket
from tickets.models.anchor import MARK
from tickets.models.event import FIRST
from tickets.models.hashing import sha256_of

END = 2**63 - 1
AT_A_TIME = 500  # chains; each slice is one statement, so a chain that grows meanwhile is seen whole
PARTS = ("position", "kind", "actor", "by_id", "at", "data", "salt", "digest", "previous", "hash")


class Entry(NamedTuple):
    """What is checked of an event."""

    position: int
    kind: str
    actor: str
    by: int | None
    at: datetime
    data: Any
    salt: str
    digest: str
    previous: str
    hash: str


class Held(NamedTuple):
    """What an anchor, or a saved copy of one, says about a chain."""

    length: int
    head: str
    marks: str


class Chain(NamedTuple):
    number: int
    length: int
    head: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry of a chain that does not fit, and what is wrong with it, in the language of whoever asks."""

    ticket: int
    position: int
    problem: str


def verify_all(
    copies: dict[int, list[Held]] | None = None, *, first: int = 0, last: int | None = None
) -> Iterator[Break]:
    """Check every chain of the tickets from `first` to `last`. Yields one break for each broken chain.

    `copies` are what anchors said that were kept elsewhere, by ticket. A bounded number of chains is in memory.
    """
    copies = copies or {}
    until = (
        AnchoredChain.objects.aggregate(Max("anchor"))["anchor__max"] or 0
    )  # younger ones know younger entries
    people = set(Person.objects.values_list("pk", flat=True))
    for low, high in _slices(first, last):
        anchored = _anchored(low, high, until)
        seen = set()
        for chain in _chains(low, high):
            seen.add(chain.number)
            held = [*anchored.get(chain.number, ()), *copies.get(chain.number, ())]
            if found := first_break(chain, held, people):
                yield found
        gone = {*anchored, *(number for number in copies if low <= number < high)} - seen
        yield from (Break(number, 1, _("its ticket is gone")) for number in sorted(gone))
    if last is None:
        orphans = Event.objects.filter(~Exists(Ticket.objects.filter(pk=OuterRef("ticket_id"))))
        lone = orphans.order_by("ticket_id").values_list("ticket_id", flat=True).distinct()
        yield from (Break(number, 1, _("its ticket is gone")) for number in lone)


def verify(ticket: Ticket) -> Break | None:
    return next(iter(verify_all(first=ticket.pk, last=ticket.pk)), None)


def verify_events(ticket: Ticket, events: Sequence[Event]) -> Break | None:
    """The same of events that were read already, in order. One statement."""
    entries = [Entry(*(getattr(event, part) for part in PARTS)) for event in events]
    people = {event.by_id for event in events if event.by_id}
    held = _anchored(ticket.pk, ticket.pk + 1, END).get(ticket.pk, [])
    return first_break(Chain(ticket.pk, ticket.chain_length, ticket.chain_head, entries), held, people)


def first_break(chain: Chain, held: Iterable[Held], people: set[int]) -> Break | None:
    entries, number = chain.entries, chain.number
    marks, heads = _expected(held)
    erased = _erased(entries)
    previous = FIRST
    for expected, entry in enumerate(entries, start=1):
        problem = _problem(number, entry, expected, previous, people)
        if not problem and not entry.salt and erased.get(expected, 0) <= expected:
            problem = _("its content is gone, and no later entry says so")
        if not problem and not entry.hash.startswith(marks.get(expected, "")):
            problem = _("it is not the one that was anchored")
        if not problem and heads.get(expected, entry.hash) != entry.hash:
            problem = _("it is not the one that was anchored")
        if problem:
            return Break(number, expected, problem)
        previous = entry.hash
    there = len(entries)
    if there != chain.length:
        first = min(there, chain.length) + 1
        written = _("%(written)s entries were written, %(there)s are there")
        return Break(number, first, written % {"written": chain.length, "there": there})
    if previous != chain.head:
        return Break(number, max(there, 1), _("the recorded head differs from the last entry"))
    if heads and max(heads) > there:
        anchored = _("%(written)s entries were anchored, %(there)s are there")
        return Break(number, there + 1, anchored % {"written": max(heads), "there": there})
    return None


def _problem(number: int, entry: Entry, expected: int, previous: str, people: set[int]) -> str:
    if entry.position != expected:
        return _("entry %(missing)s is missing, entry %(next)s follows") % {
            "missing": expected,
            "next": entry.position,
        }
    if entry.previous != previous:
        return _("it does not name the entry before it")
    if entry.data if not entry.salt else entry.digest != sha256_of([entry.salt, entry.data]):
        return _("its content was changed")
    when = entry.at.isoformat()
    if entry.hash != sha256_of([previous, number, expected, entry.kind, entry.actor, when, entry.digest]):
        return _("its hash does not fit")
    if entry.by != _person_of(entry.actor, people):
        return _("it shows another person than the one who did it")
    return ""


def _person_of(actor: str, people: set[int]) -> int | None:
    """Whom an entry must show: its actor, unless that is no person, or one who was deleted."""
    who, _, number = actor.partition(":")
    return int(number) if who == "person" and number.isdecimal() and int(number) in people else None


def _expected(held: Iterable[Held]) -> tuple[dict[int, str], dict[int, str]]:
    """By position: the first digits of its hash, and the whole hash where it was the head. The last word counts."""
    marks: dict[int, str] = {}
    heads: dict[int, str] = {}
    for length, head, digits in held:
        first = length - len(digits) // MARK + 1
        for at in range(0, len(digits), MARK):
            marks[first + at // MARK] = digits[at : at + MARK]
        heads[length] = head
    return marks, heads


def _erased(entries: Iterable[Entry]) -> dict[int, int]:
    """Which positions were emptied, and by which entry."""
    return {
        position: entry.position
        for entry in entries
        if entry.kind == Event.ERASED and isinstance(entry.data, dict)
        for position in entry.data.get("positions", ())
    }


def _slices(first: int, last: int | None) -> Iterator[tuple[int, int]]:
    """Ranges of numbers, with at most so many tickets in each. Together they leave no number out."""
    end, low = END if last is None else last + 1, first
    while low < end:
        later = Ticket.objects.filter(pk__gte=low, pk__lt=end).order_by("pk").values_list("pk", flat=True)
        high = next(iter(later[AT_A_TIME : AT_A_TIME + 1]), end)
        yield low, high
        low = high


def _chains(low: int, high: int) -> Iterator[Chain]:
    """Heads and events come of one statement: what is written meanwhile is in both or in neither."""
    tickets = Ticket.objects.filter(pk__gte=low, pk__lt=high).order_by("pk", "events__position")
    rows = tickets.values_list("pk", "chain_length", "chain_head", *(f"events__{part}" for part in PARTS))
    for (number, length, head), group in groupby(rows.iterator(20_000), key=lambda row: row[:3]):
        yield Chain(number, length, head, [Entry._make(row[3:]) for row in group if row[3] is not None])


def _anchored(low: int, high: int, until: int) -> dict[int, list[Held]]:
    rows = AnchoredChain.objects.filter(ticket__gte=low, ticket__lt=high, anchor__lte=until)
    found: dict[int, list[Held]] = {}
    for row in rows.order_by("ticket_id", "length"):
        found.setdefault(row.ticket_id, []).append(Held(row.length, row.head, row.marks))
    return found
