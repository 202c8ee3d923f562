"""A second problem in one message becomes a ticket of its own, linked to the first."""

from django.db import transaction
from django.utils import timezone

from tickets.models import Merge, Message, Person, Split, Ticket

from .clock import restate
from .event import record
from .intake import open_ticket
from .merge import merge


@transaction.atomic
def split(message: Message, *, text: str, by: Person) -> Split:
    """Open a ticket of the same customer with this part of the message; its evidence is read anew.

    The message stays where it is, so that the first ticket's chain and page remain whole.
    """
    ticket = message.ticket
    part = open_ticket(
        text=text,
        email=ticket.customer.email,
        language=ticket.language,
        source=Ticket.Source(message.source),
        by=by,
    )
    if part.account_id is None and ticket.account_id is not None:
        part.account = ticket.account
        part.save(update_fields=["account"])
        restate(part)  # the account's tier may choose another policy
    kept = Split.objects.create(
        ticket=ticket, part=part, message=message, copy=part.messages.earliest("pk"), by=by
    )
    record(ticket, "split_off", by=by, other=part.number, message=message.pk)
    record(part, "split_from", by=by, other=ticket.number, message=message.pk, chain=ticket.chain_head)
    return kept


@transaction.atomic
def undo_split(kept: Split, *, by: Person) -> Merge | None:
    """The part goes back into the ticket that it came from, with all that was said since. None if it is too late.

    Raises CannotMerge, with nothing changed, where the two cannot be one any more: the first was merged into the part,
    or the part is another customer's by now.
    """
    kept = Split.objects.select_for_update().select_related("part", "ticket").get(pk=kept.pk)
    if not kept.can_be_undone or kept.part.merged_into_id is not None:
        return None
    kept.undone_at, kept.undone_by = timezone.now(), by
    kept.save(update_fields=["undone_at", "undone_by"])
    return merge([kept.part], into=kept.ticket.merged_into or kept.ticket, by=by)[0]
