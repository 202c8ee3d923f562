"""Who has read a ticket up to where."""

from django.utils import timezone

from tickets.models import Person, Reading, Ticket


def last_reading(ticket: Ticket, person: Person) -> Reading | None:
    return Reading.objects.filter(person=person, ticket=ticket).first()


def note_reading(ticket: Ticket, person: Person, *, last_message: int) -> None:
    """The person has the ticket open, with everything up to this message. One statement."""
    Reading.objects.bulk_create(
        [Reading(ticket=ticket, person=person, read_at=timezone.now(), message=last_message)],
        update_conflicts=True,
        unique_fields=["person", "ticket"],
        update_fields=["read_at", "message"],
    )
