"""A ticket as a list shows it. No more is read: fifty whole tickets with their people take longer than all else of a
page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from tickets.models import Customer, Person
from tickets.models.ticket import TicketQuerySet, VerdictChoice
from tickets.models.ticket_state import TicketState

_CUSTOMER = ("name", "email")
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
    customer: str
    account: str
    assignee: Person | None
    is_unread: bool

    @property
    def verdict_label(self) -> str | Promise:
        return VerdictChoice(self.verdict).label


_OWN = tuple(column.name for column in fields(ListedTicket) if column.name not in _MADE)


def columns_read(tickets: TicketQuerySet) -> Any:
    """A query set of named tuples with what `listed` takes, of tickets annotated with `is_unread`."""
    return tickets.values_list(
        *_OWN,
        "account__name",
        *(f"customer__{column}" for column in _CUSTOMER),
        "assignee",
        *(f"assignee__{column}" for column in _ASSIGNEE),
        named=True,
    )


def listed(rows: Iterable[Any]) -> list[ListedTicket]:
    """`rows` are those of `columns_read`. Tickets of one assignee share the person."""
    people: dict[int, Person] = {}
    return [_listed(row, people) for row in rows]


def _listed(row: Any, people: dict[int, Person]) -> ListedTicket:
    if row.assignee is not None and row.assignee not in people:
        said = {column: getattr(row, f"assignee__{column}") for column in _ASSIGNEE}
        people[row.assignee] = Person(pk=row.assignee, **said)
    return ListedTicket(
        customer=str(Customer(name=row.customer__name, email=row.customer__email)),
        account=row.account__name or "",
        assignee=people.get(row.assignee),
        **dict(zip(_OWN, row, strict=False)),
    )
