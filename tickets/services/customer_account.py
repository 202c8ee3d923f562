"""Which account of the gateway a customer belongs to, as an admin states it: it decides which promises hold."""

from django.db import transaction

from tickets.models import Account, Customer, Person, Ticket

from . import outbox
from .clock import restate
from .event import record
from .search.index import index_many
from .setting_change import About, Kind, differences, note_change, state_of

FIELDS = ("name", "external_id", "group", "tier")
BATCH = 200


@transaction.atomic
def state_account(
    customer: Customer, *, name: str, external_id: str = "", group: str = "", tier: str = "", by: Person
) -> Account:
    """Let the customer and all their tickets be of this account, which is made if there is none such. A job lets the
    account's tickets follow.
    """
    account = _meant(name, external_id, customer.account)
    before = state_of(account, FIELDS) if account.pk else {}
    account.name, account.external_id, account.group, account.tier = name, external_id, group, tier
    account.save()
    changed = differences(before, state_of(account, FIELDS))
    if changed:
        note_change(About.ACCOUNT, Kind.SAVED if before else Kind.ADDED, name, by=by, data=changed)
    if customer.account_id != account.pk:
        customer.account = account
        customer.save(update_fields=["account"])
    _let_tickets_be_of(account, customer, by)
    outbox.add("follow_account", account)
    return account


def follow_account(account_id: int, above: int = 0) -> None:
    """The job after an account was stated: its tickets, some at a time, are held to its tier and found by its name."""
    batch = list(Ticket.objects.filter(account=account_id, number__gt=above).order_by("number")[:BATCH])
    for ticket in batch:
        restate(ticket)
    index_many([ticket.pk for ticket in batch])
    if len(batch) == BATCH:
        outbox.add("follow_account", account_id, batch[-1].number)


def _meant(name: str, external_id: str, current: Account | None) -> Account:
    """The one with this number at the gateway. Without a number the one of this name, if only one has it; else what
    is stated is a change of the account that the customer is of already.
    """
    if external_id:
        found = Account.objects.filter(external_id=external_id).first()
        has_no_number = current is not None and not current.external_id
        return found or (current if current and has_no_number else Account())
    if current is not None and (current.name == name or not current.external_id):
        return current
    named = list(Account.objects.filter(name=name)[:2])
    return named[0] if len(named) == 1 else Account()


def _let_tickets_be_of(account: Account, customer: Customer, by: Person) -> None:
    moved = list(customer.tickets.exclude(account=account))
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in moved]).update(account=account)
    for ticket in moved:
        if not ticket.is_resolved and ticket.merged_into_id is None:
            record(ticket, "account_set", by=by, account=account.pk, name=account.name, tier=account.tier)
