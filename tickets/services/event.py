"""The evidence chain of a ticket: adding an entry, and checking that nothing was changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from tickets.models import Event, Person, Ticket
from tickets.models.event import FIRST

CUSTOMER = "customer"
ENGINE = "engine"
CLOCK = "clock"  # the actor of what happens because a moment has come


def record(ticket: Ticket, kind: str, *, by: Person | str, **data: object) -> Event:
    """Append one entry to the ticket's chain, in the caller's transaction.

    `by` is a person of the desk, or the name of another actor (`customer`, `engine`, `api:3`).
    The ticket row is locked first, so entries of one ticket stand in a line.
    """
    with transaction.atomic():
        head = Ticket.objects.select_for_update().only("chain_length", "chain_head").get(pk=ticket.pk)
        event = Event(
            ticket=ticket,
            position=head.chain_length + 1,
            kind=kind,
            by=by if isinstance(by, Person) else None,
            actor=f"person:{by.pk}" if isinstance(by, Person) else by,
            at=timezone.now(),
            data=data,
            previous=head.chain_head,
        )
        event.digest = event.digest_of_data()
        event.hash = event.hash_of_entry()
        event.save(force_insert=True)
        ticket.chain_length, ticket.chain_head, ticket.changed_at = event.position, event.hash, event.at
        ticket.save(update_fields=["chain_length", "chain_head", "changed_at"])
    return event


@dataclass(frozen=True, slots=True)
class Break:
    """The first entry of a chain that does not fit, and what is wrong with it."""

    ticket: int
    position: int
    problem: str


def verify_all() -> Iterator[Break]:
    """Check every chain against its entries and its recorded head. Yields one break for each broken chain.

    Streams events in chain order and heads beside them, so memory stays flat however many there are.
    """
    heads = Ticket.objects.order_by("pk").values_list("pk", "chain_length", "chain_head").iterator(2000)
    events = Event.objects.order_by("ticket_id", "position").iterator(2000)
    chains = ((number, list(chain)) for number, chain in groupby(events, key=lambda event: event.ticket_id))
    current = next(chains, None)
    for number, length, head in heads:
        entries: list[Event] = []
        while current is not None and current[0] < number:
            yield Break(current[0], 1, "its ticket is gone")
            current = next(chains, None)
        if current is not None and current[0] == number:
            entries = current[1]
            current = next(chains, None)
        found = first_break(number, entries, length, head)
        if found is not None:
            yield found
    while current is not None:
        yield Break(current[0], 1, "its ticket is gone")
        current = next(chains, None)


def verify(ticket: Ticket) -> Break | None:
    return first_break(
        ticket.pk, list(ticket.events.order_by("position")), ticket.chain_length, ticket.chain_head
    )


def first_break(number: int, entries: list[Event], length: int, head: str) -> Break | None:
    previous = FIRST
    for expected, entry in enumerate(entries, start=1):
        problem = _problem(entry, expected, previous)
        if problem:
            return Break(number, expected, problem)
        previous = entry.hash
    if len(entries) != length:
        return Break(
            number, min(len(entries), length) + 1, f"{length} entries were written, {len(entries)} are there"
        )
    if previous != head:
        return Break(number, length, "the recorded head differs from the last entry")
    return None


def _problem(entry: Event, expected: int, previous: str) -> str:
    if entry.position != expected:
        return f"entry {expected} is missing, entry {entry.position} follows"
    if entry.previous != previous:
        return "it does not name the entry before it"
    if entry.digest != entry.digest_of_data():
        return "its content was changed"
    if entry.hash != entry.hash_of_entry():
        return "its hash does not fit"
    return ""
