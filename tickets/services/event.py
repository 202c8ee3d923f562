"""The evidence chain of a ticket: adding an entry. tickets/services/chain.py checks that nothing was changed since."""

import hashlib

from django.db import transaction
from django.utils import timezone

from tickets.models import Event, Person, Ticket

CUSTOMER = "customer"
ENGINE = "engine"
CLOCK = "clock"  # the actor of what happens because a moment has come


def record(ticket: Ticket, kind: str, *, by: Person | str, **data: object) -> Event:
    """Append one entry to the ticket's chain, in the caller's transaction.

    `by` is a person of the desk, or the name of another actor (`customer`, `engine`, `api:3`).
    The ticket row is locked first, so entries of one ticket stand in a line.
    """
    with transaction.atomic(savepoint=False):
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


def digest_of(text: str) -> str:
    """Binds the text of a message to the entry that tells of it."""
    return hashlib.sha256(text.encode()).hexdigest()
