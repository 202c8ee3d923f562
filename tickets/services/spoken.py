"""Who spoke last on a ticket that others were merged into."""

from collections.abc import Iterable

from django.db.models import Max, Q

from tickets.models import Message, Snooze, Ticket

from .status import Status, move


def speak_for(survivor: Ticket, merged: Iterable[Ticket]) -> None:
    """Set who spoke last on the survivor from its own words and those of the merged. It waits on us where one of
    them does: what we said after that, on another of them, was no answer to it.
    """
    family = (survivor, *merged)
    words = [word for ticket in family if waits_on_us(ticket) and (word := ticket.customer_spoke_at)]
    last_word = max(words, default=None)
    answers = [answer for ticket in family if (answer := ticket.desk_spoke_at)]
    survivor.desk_spoke_at = max(
        (answer for answer in answers if last_word is None or answer < last_word), default=None
    )
    if last_word is not None:
        survivor.customer_spoke_at = last_word
        move(survivor, Status.OPEN, woken_by=Snooze.Ended.REPLY)
    survivor.save(update_fields=["desk_spoke_at", "customer_spoke_at"])


def restate_spoken(survivor: Ticket) -> None:
    """As `speak_for`, with its own words read anew: after one of the merged has left, or a reply was taken back."""
    own = survivor.messages.kept().aggregate(
        customer=Max("created_at", filter=Q(kind=Message.Kind.CUSTOMER)),
        desk=Max("created_at", filter=Q(kind=Message.Kind.REPLY)),
    )
    survivor.customer_spoke_at, survivor.desk_spoke_at = own["customer"], own["desk"]
    speak_for(survivor, merged_into(survivor))


def merged_into(survivor: Ticket) -> list[Ticket]:
    return list(Ticket.objects.filter(merged_into=survivor))


def waits_on_us(ticket: Ticket) -> bool:
    return ticket.status != Status.RESOLVED and ticket.is_unanswered
