"""Who has read a ticket up to where."""

from django.db import connection, transaction
from django.utils import timezone

from tickets.models import Person, Reading, Ticket


def last_reading(ticket: Ticket, person: Person) -> Reading | None:
    return Reading.objects.filter(person=person, ticket=ticket).first()


@transaction.atomic(savepoint=False)
def note_reading(ticket: Ticket, person: Person, *, last_message: int) -> None:
    """The person has the ticket open, with everything up to this message."""
    _let_the_page_go_on()
    Reading.objects.bulk_create(
        [Reading(ticket=ticket, person=person, read_at=timezone.now(), message=last_message)],
        update_conflicts=True,
        unique_fields=["person", "ticket"],
        update_fields=["read_at", "message"],
    )


def _let_the_page_go_on() -> None:
    """What a crash would lose is a mark that the next look sets again: not worth waiting for the disk."""
    if connection.vendor == "postgresql" and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
