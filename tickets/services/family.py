"""A ticket together with those merged into it: one conversation, whatever number a word came in by."""

from collections.abc import Sequence

from django.db.models import Q

from tickets.models import Customer, Message, Ticket
from tickets.models.message import MessageQuerySet


def survivor_of(ticket: Ticket) -> Ticket:
    """The ticket that its words reach: itself, or what it was merged into."""
    return ticket if ticket.merged_into is None else ticket.merged_into


def held_survivor_of(ticket: Ticket) -> Ticket:
    """The survivor, locked before it is looked up, so that a merge at this moment loses no word."""
    held = Ticket.objects.select_for_update(of=("self",)).select_related("merged_into").get(pk=ticket.pk)
    survivor = survivor_of(held)
    return ticket if survivor.pk == ticket.pk else survivor


def messages_of(ticket: Ticket) -> MessageQuerySet:
    """The whole conversation as the desk reads it, oldest first. What was split off and came back is shown once."""
    # Numbers first: an OR over the join reads every message there is.
    family = Ticket.objects.filter(Q(pk=ticket.pk) | Q(merged_into=ticket)).values("pk")
    return (
        Message.objects.kept()
        .filter(ticket__in=family)
        .exclude(~Q(ticket=ticket), copied_by__undone_at__isnull=False)
    )


def readers_of(ticket: Ticket) -> list[Customer]:
    """Who reads an answer: the ticket's customer first, then those of tickets merged into it."""
    merged = Customer.objects.filter(tickets__merged_into=ticket).exclude(pk=ticket.customer_id)
    return [ticket.customer, *merged.order_by("pk").distinct()]


def names_of(readers: Sequence[Customer]) -> str:
    """The first by name, the others counted: Li Wei +2."""
    first, *others = readers
    return f"{first} +{len(others)}" if others else str(first)


def shown_as(readers: Sequence[Customer]) -> str:
    """The same people in one spelling, to compare who was shown with who would get it."""
    return ",".join(str(reader.pk) for reader in readers)
