"""What the desk knows of who wrote: the account, its keys, and what became of the tickets before."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from tickets.models import Account, KeyRecord, Outcome, Person, Ticket
from tickets.models.ticket import TicketQuerySet

LAST = 6
MOST_COUNTED = 200  # the newest tickets that counts are taken over


@dataclass(frozen=True, slots=True)
class Earlier:
    ticket: Ticket
    result: str  # how it ended; empty while it is open


@dataclass(frozen=True, slots=True)
class AccountCard:
    """`account` is None where no key or person of the ticket is known to belong to one; tickets are then those of
    the customer. `total` is counted up to MOST_COUNTED.
    """

    account: Account | None
    keys: list[KeyRecord]
    earlier: list[Earlier]
    total: int
    open: int
    mistakes: int
    incidents: int

    @property
    def has_more(self) -> bool:
        return self.total >= MOST_COUNTED


def account_card(ticket: Ticket, *, reader: Person) -> AccountCard:
    """Three statements."""
    tickets = _tickets_beside(ticket, reader)
    newest = tickets.order_by("-created_at").values("pk")[:MOST_COUNTED]
    counts = Ticket.objects.filter(pk__in=newest).aggregate(
        total=Count("pk"),
        open=Count("pk", filter=~Q(status=Ticket.Status.RESOLVED)),
        mistakes=Count("pk", filter=Q(verdict="config_mistake")),
        incidents=Count("pk", filter=Q(verdict="provider_incident")),
    )
    return AccountCard(ticket.account, _keys(ticket), _earlier(tickets, ticket), **counts)


def _tickets_beside(ticket: Ticket, reader: Person) -> TicketQuerySet:
    same = Q(account=ticket.account_id) if ticket.account_id else Q(customer=ticket.customer_id)
    return Ticket.objects.visible_to(reader).standing().filter(same)


def _keys(ticket: Ticket) -> list[KeyRecord]:
    """All of the account; the one of the ticket first, also where it belongs to no account yet."""
    if ticket.account_id is None:
        return [ticket.key] if ticket.key else []
    keys = list(ticket.account.keys.order_by("-first_seen_at")[:20]) if ticket.account else []
    return sorted(keys, key=lambda key: key.pk != ticket.key_id)


def _earlier(tickets: TicketQuerySet, ticket: Ticket) -> list[Earlier]:
    ends = Outcome.objects.filter(ticket=OuterRef("pk")).order_by("-pk").values("result")[:1]
    rows = (
        tickets.exclude(pk=ticket.pk).annotate(outcome_result=Subquery(ends)).order_by("-created_at")[:LAST]
    )
    return [Earlier(row, _result(row)) for row in rows]


def _result(ticket: Ticket) -> str:
    """How it ended; empty while it is open, also where it ended once before."""
    result = getattr(ticket, "outcome_result", None)
    return str(Outcome.Result(result).label) if result and ticket.is_resolved else ""
