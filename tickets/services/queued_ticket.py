"""A ticket as the queue beside another one shows it: less than a list does, for it comes with every ticket's page."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from tickets.models import Person, Ticket
from tickets.models.account import customer_name
from tickets.models.ticket import VerdictChoice, sight_of
from tickets.models.ticket_state import TicketState

from .compiled import Compiled
from .paging import Order
from .search.conditions import OPEN

SHOWN = 12
_MADE = {"account", "customer"}  # of columns of their own


@dataclass(frozen=True, slots=True)
class QueuedTicket(TicketState):
    """`customer` is a name or an address, `account` empty where none is linked."""

    number: int
    subject: str
    status: str
    language: str
    verdict: str
    charged: bool | None
    customer_spoke_at: datetime | None
    desk_spoke_at: datetime | None
    account: str
    customer: str

    @property
    def verdict_label(self) -> str | Promise:
        return VerdictChoice(self.verdict).label


_OWN = tuple(column.name for column in fields(QueuedTicket) if column.name not in _MADE)


def queued(reader: Person) -> list[QueuedTicket]:
    """What waits on us, as the list of that name has it: the first of it. One statement."""
    return [_queued(*row) for row in waiting_on_us(sight_of(reader))]


@Compiled
def waiting_on_us(sight: Any) -> QuerySet[Ticket, tuple[Any, ...]]:
    waiting = Ticket.objects.in_sight(sight).standing().filter(OPEN)
    shown = waiting.values_list(*_OWN, "account__name", "customer__name", "customer__email")
    return shown.order_by(*Order.NEXT_DEADLINE.ordering)[:SHOWN]


def _queued(*row: Any) -> QueuedTicket:
    *own, account, name, email = row
    shown = (*own, account or "", customer_name(name, email))
    return QueuedTicket(*shown)
