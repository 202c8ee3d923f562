"""A canned reply as it would stand in the composer of a real ticket, before it is saved."""

from dataclasses import dataclass

from tickets.models import Ticket
from triage.engine.lint.objection import Objection
from triage.engine.reply import Filled, fill

from .checks import objections_to
from .reply import values_for_reply


@dataclass(frozen=True, slots=True)
class Preview:
    """`objections` are what would hold it back on this ticket; open blanks are among them."""

    ticket: Ticket
    draft: Filled
    objections: tuple[Objection, ...]


def preview_on(ticket: Ticket, bodies: dict[str, str]) -> Preview:
    """In the language of the ticket."""
    draft = fill(bodies[ticket.language], values_for_reply(ticket, ticket.current_verdict()), ticket.language)
    return Preview(ticket, draft, objections_to(ticket, draft.text))
