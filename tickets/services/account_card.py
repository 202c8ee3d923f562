"""What the desk knows of who wrote: the account, its keys, and what became of the tickets before."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from tickets.models import Account, EvidenceValue, KeyRecord, Outcome, Person, Ticket
from tickets.models.ticket import TicketQuerySet

LAST = 6
MOST_COUNTED = 200  # the newest tickets that counts are taken over
MOST_OF_ONE_NAME = 20
FROM_CUSTOMER = (EvidenceValue.Origin.TEXT, EvidenceValue.Origin.CUSTOMER)


@dataclass(frozen=True, slots=True)
class Earlier:
    ticket: Ticket
    result: str  # how it ended; empty while it is open


@dataclass(frozen=True, slots=True)
class AccountCard:
    """`account` is None where no key or person of the ticket is known to belong to one, nor the evidence names one
    that the desk knows; tickets are then those of the customer. `named_by` is what named an account that is not
    linked: nobody has confirmed it. `total` is counted up to MOST_COUNTED.
    """

    account: Account | None
    named_by: EvidenceValue | None
    keys: list[KeyRecord]
    earlier: list[Earlier]
    total: int
    open: int
    mistakes: int
    incidents: int

    @property
    def is_named_by_customer(self) -> bool:
        return self.named_by is not None and self.named_by.origin in FROM_CUSTOMER

    @property
    def has_more(self) -> bool:
        return self.total >= MOST_COUNTED


def account_card(ticket: Ticket, *, reader: Person, named: EvidenceValue | None = None) -> AccountCard:
    """`named` is what the evidence says of the account, where the reader may see that: it counts where none is
    linked. Three statements, and one for what is named.
    """
    account = ticket.account
    named_by = None
    if account is None and named is not None:
        account = _account_named(str(named.value).strip(), reader)
        named_by = named if account else None
    tickets = _tickets_beside(ticket, account, reader)
    newest = tickets.order_by("-created_at").values("pk")[:MOST_COUNTED]
    counts = Ticket.objects.filter(pk__in=newest).aggregate(
        total=Count("pk"),
        open=Count("pk", filter=~Q(status=Ticket.Status.RESOLVED)),
        mistakes=Count("pk", filter=Q(verdict="config_mistake")),
        incidents=Count("pk", filter=Q(verdict="provider_incident")),
    )
    return AccountCard(account, named_by, _keys(ticket, account), _earlier(tickets, ticket), **counts)


def _account_named(name: str, reader: Person) -> Account | None:
    """By its number at the gateway, or by a name that only one has. Whoever sees some teams' tickets only is shown it
    where they see a ticket of it anyhow.
    """
    if not name:
        return None
    known = Account.objects.filter(Q(external_id=name) | Q(name=name))
    if reader.is_narrowed:
        known = known.filter(pk__in=Ticket.objects.visible_to(reader).exclude(account=None).values("account"))
    found = list(known[:MOST_OF_ONE_NAME])
    fitting = [account for account in found if account.external_id == name] or found
    return fitting[0] if len(fitting) == 1 else None


def _tickets_beside(ticket: Ticket, account: Account | None, reader: Person) -> TicketQuerySet:
    same = Q(account=account) if account else Q(customer=ticket.customer_id)
    return Ticket.objects.visible_to(reader).standing().filter(same)


def _keys(ticket: Ticket, account: Account | None) -> list[KeyRecord]:
    """All of the account; the one of the ticket first, also where it belongs to no account yet."""
    own = [ticket.key] if ticket.key else []
    if account is None:
        return own
    keys = list(account.keys.order_by("-first_seen_at")[:20])
    if ticket.account_id is None:
        return [*own, *(key for key in keys if key.pk != ticket.key_id)]
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
