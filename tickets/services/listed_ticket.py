"""A ticket as a list shows it. No more is read: fifty whole tickets with their people take longer than all else of a
page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.utils.functional import Promise

from tickets.models import Person, Ticket
from tickets.models.account import customer_name
from tickets.models.ticket import TicketQuerySet, VerdictChoice
from tickets.models.ticket_state import TicketState

from .search.conditions import unread_by

_ASSIGNEE = ("name", "email", "away_since", "away_until")
_MADE = {"customer", "account", "assignee"}  # of columns of their own


@dataclass(frozen=True, slots=True)
class ListedTicket(TicketState):
    """`customer` is a name or an address, `account` empty where none is linked; `assignee` is a person as far as a list
    names one.
    """

    number: int
    subject: str
    status: str
    language: str
    verdict: str
    cause: str
    charged: bool | None
    fingerprint: str
    due_at: datetime
    created_at: datetime
    customer_spoke_at: datetime | None
    desk_spoke_at: datetime | None
    resolved_at: datetime | None
    is_unread: bool
    customer: str
    account: str
    assignee: Person | None

    @property
    def verdict_label(self) -> str | Promise:
        return VerdictChoice(self.verdict).label


_OWN = tuple(column.name for column in fields(ListedTicket) if column.name not in _MADE)
_JOINED = ("account__name", "customer__name", "customer__email", "assignee")


def told_unread(tickets: TicketQuerySet, *, reader: Any) -> TicketQuerySet:
    """The tickets, which know as `is_unread` whether the person of this number has yet to read them."""
    return tickets.annotate(is_unread=ExpressionWrapper(unread_by(reader), output_field=BooleanField()))


def columns_read(tickets: TicketQuerySet) -> "QuerySet[Ticket, tuple[Any, ...]]":
    """What `listed` takes, of tickets from `told_unread`."""
    return tickets.values_list(*_OWN, *_JOINED, *(f"assignee__{column}" for column in _ASSIGNEE))


def listed(rows: Iterable[tuple[Any, ...]]) -> list[ListedTicket]:
    """`rows` are those of `columns_read`. Tickets of one assignee share the person."""
    people: dict[int, Person] = {}
    return [_listed(row, people) for row in rows]


def _listed(row: tuple[Any, ...], people: dict[int, Person]) -> ListedTicket:
    account, name, email, assignee, *said = row[len(_OWN) :]
    if assignee is not None and assignee not in people:
        people[assignee] = Person(pk=assignee, **dict(zip(_ASSIGNEE, said, strict=True)))
    shown = (*row[: len(_OWN)], customer_name(name, email), account or "", people.get(assignee))
    return ListedTicket(*shown)
