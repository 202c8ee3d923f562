"""What a ticket's page is sure to need, in two goes."""

from collections.abc import Collection
from contextlib import AbstractContextManager

from django.db.models import Model

from tickets.forms.assignment import people_on_offer
from tickets.models import Person, Ticket
from tickets.models.ticket import sight_of
from tickets.permissions import can_work_tickets
from tickets.services.ahead import asked_ahead
from tickets.services.draft import kept_drafts
from tickets.services.draft_file import all_chosen
from tickets.services.duplicate import suspect_calls
from tickets.services.people import people_calls
from tickets.services.queued_ticket import waiting_on_us
from tickets.services.reading import readings
from tickets.services.reply import reply_calls
from tickets.services.similar import same_error_calls
from tickets.services.tag import tag_names

from .conversation import events, own_messages
from .request import tickets_in_sight
from .strip import evidence_now, verdicts_now


def asked_for_ticket(number: int, reader: Person) -> AbstractContextManager[None]:
    """What depends on nothing but the ticket's number and its reader."""
    sight = sight_of(reader)
    return asked_ahead(
        (tickets_in_sight, sight, number),
        (evidence_now, number),
        (verdicts_now, number),
        (events, number),
        (own_messages, number),
        (tag_names, number),
        (kept_drafts, reader.pk, number),
        (readings, reader.pk, number),
        (all_chosen, reader.pk, number),
        (waiting_on_us, sight),
        *(((people_on_offer,),) if can_work_tickets(reader) else ()),
    )


def asked_for_page(
    ticket: Ticket, reader: Person, *, similar: bool, **named: Collection[Model]
) -> AbstractContextManager[None]:
    """What depends on the ticket itself, its evidence and its verdict. `named` are rows, by how they name people;
    `similar` is whether the tab of similar tickets is open.
    """
    return asked_ahead(
        *people_calls(reader, **named),
        *suspect_calls(ticket, ticket.known_evidence(), reader=reader),
        *(same_error_calls(ticket, reader) if similar else ()),
        *reply_calls(ticket.current_verdict(), reader),
    )
