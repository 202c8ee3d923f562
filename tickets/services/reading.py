"""Who has read a ticket up to where."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from tickets.models import Person, Reading, Ticket

from .compiled import Compiled

# What a crash would lose is a mark that the next look sets again: the page does not wait for the disk.
WITHOUT_WAITING = "FROM (SELECT set_config('synchronous_commit', 'off', true)) AS hurry"


def last_reading(ticket: Ticket, person: Person) -> Reading | None:
    return next(iter(readings(person.pk, ticket.pk)), None)


@Compiled
def readings(person: Any, ticket: Any) -> QuerySet[Reading]:
    return Reading.objects.filter(person=person, ticket=ticket)


def note_reading(ticket: Ticket, person: Person, *, last_message: int) -> None:
    """The person has the ticket open, with everything up to this message. One statement, not four as by the ORM."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    source = WITHOUT_WAITING if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_reading (ticket_id, person_id, read_at, message) "
            f"SELECT %s, %s, %s, %s {source} WHERE true ON CONFLICT (person_id, ticket_id) "
            "DO UPDATE SET read_at = excluded.read_at, message = excluded.message",
            [ticket.pk, person.pk, now, last_message],
        )
