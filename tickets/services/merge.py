"""Several tickets about one problem become one, and can be taken apart again for 30 days."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Merge, Person, Ticket

from . import draft
from .clock import restate
from .event import record
from .evidence import bring, withdraw
from .locked import locked
from .put_back import MOVED, move_back, put_back_status, status_before
from .search.index import index_many
from .spoken import merged_into, restate_spoken, speak_for, waits_on_us
from .status import Status, move
from .verdict import judge


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a ticket cannot be merged; the reason is a sentence for the person who asked."""

    number: int
    reason: str | Promise


class CannotMerge(Exception):
    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(", ".join(f"#{refusal.number}" for refusal in refusals))
        self.refusals = refusals


def refusals_of(tickets: Iterable[Ticket], into: Ticket) -> list[Refusal]:
    """What stands against merging each of these into that one; empty where nothing does.

    Whoever reads the merged ticket will read the survivor: so only tickets of one customer or one account.
    """
    found = (
        [Refusal(into.number, _("It is merged into another ticket itself."))] if into.merged_into_id else []
    )
    for ticket in tickets:
        if ticket.pk == into.pk:
            found.append(Refusal(ticket.number, _("A ticket cannot be merged into itself.")))
        elif ticket.merged_into_id:
            found.append(Refusal(ticket.number, _("It is merged into another ticket already.")))
        elif not have_same_readers(ticket, into):
            found.append(
                Refusal(
                    ticket.number,
                    _("It belongs to another customer, who would read this conversation. Use an incident."),
                )
            )
    return found


def have_same_readers(ticket: Ticket, into: Ticket) -> bool:
    """One customer wrote both, or both are of one account: merged, nobody reads what is not theirs."""
    if ticket.customer_id == into.customer_id:
        return True
    return ticket.account_id is not None and ticket.account_id == into.account_id


@transaction.atomic
def merge(tickets: Iterable[Ticket], *, into: Ticket, by: Person) -> list[Merge]:
    """Let these tickets live on in another one. Their messages, evidence and chains are kept as they are.

    Raises CannotMerge, with nothing changed, where one of them cannot.
    """
    asked = {ticket.pk for ticket in tickets}
    family = locked({*asked, into.pk})
    survivor = next(ticket for ticket in family if ticket.pk == into.pk)
    merged = [ticket for ticket in family if ticket.pk in asked]
    refusals = refusals_of(merged, survivor)
    if refusals:
        raise CannotMerge(refusals)
    merges = [_merge_one(ticket, survivor, by) for ticket in merged]
    speak_for(survivor, merged)
    judge(survivor)
    index_many([survivor.pk, *asked])
    return merges


@transaction.atomic
def undo_merge(merge: Merge, *, by: Person) -> bool:
    """The ticket stands by itself again, as it was; what came since stays with the survivor.

    False where it was undone before or the 30 days are over.
    """
    lives_on_in = Ticket.objects.values_list("merged_into", flat=True).get(pk=merge.ticket_id)
    family = {ticket.pk: ticket for ticket in locked({merge.ticket_id, lives_on_in or merge.into_id})}
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    ticket = family[merge.ticket_id]
    if not merge.can_be_undone or ticket.merged_into_id not in family:
        return False
    survivor = family[ticket.merged_into_id]
    _stand_alone(ticket, merge.before, by)
    _bring_home(ticket)
    _give_back_escalation(ticket, survivor, merge.before)
    _let_rest(survivor, merge, by)
    withdraw(survivor, of=ticket)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    record(ticket, "merge_undone", by=by, other=survivor.number)
    record(survivor, "merge_undone", by=by, other=ticket.number, chain=ticket.chain_head)
    judge(survivor)
    judge(ticket)
    index_many([survivor.pk, ticket.pk])
    return True


def _merge_one(ticket: Ticket, into: Ticket, by: Person) -> Merge:
    before = {
        **status_before(ticket),
        "escalation": _hand_over_escalation(ticket, into),
        "survivor": {**status_before(into), "position": into.chain_length},
    }
    if ticket.status == Status.SNOOZED:
        move(ticket, Status.OPEN)
    Ticket.objects.filter(merged_into=ticket).update(merged_into=into)
    ticket.merged_into = into
    ticket.save(update_fields=["merged_into"])
    restate(ticket)
    draft.bring_along(ticket, to=into)
    merged = Merge.objects.create(ticket=ticket, into=into, by=by, before=before)
    record(ticket, "merged_into", by=by, other=into.number)
    # The survivor's chain holds the head of the other one: both are proven by verifying this one.
    record(into, "merged_in", by=by, other=ticket.number, chain=ticket.chain_head, length=ticket.chain_length)
    bring(into, of=ticket)
    return merged


def _hand_over_escalation(ticket: Ticket, into: Ticket) -> int | None:
    """An open escalation goes on under the survivor, unless that has one; its id where it moved."""
    escalation = ticket.escalations.open().first()
    if escalation is None or into.escalations.open().exists():
        return None
    escalation.ticket = into
    escalation.save(update_fields=["ticket"])
    return escalation.pk


def _give_back_escalation(ticket: Ticket, survivor: Ticket, before: dict[str, Any]) -> None:
    if before.get("escalation"):
        survivor.escalations.open().filter(pk=before["escalation"]).update(ticket=ticket)


def _stand_alone(ticket: Ticket, before: dict[str, Any], by: Person) -> None:
    ticket.merged_into = None
    ticket.save(update_fields=["merged_into"])
    move_back(ticket, before, by=by)


def _let_rest(survivor: Ticket, merge: Merge, by: Person) -> None:
    """What only the parted ticket had woken rests again, unless somebody moved it since."""
    before = merge.before.get("survivor")
    moved = before and survivor.events.filter(position__gt=before["position"], kind__in=MOVED)
    if before and not any(map(waits_on_us, merged_into(survivor))) and not moved.exists():
        put_back_status(survivor, before, by)
    restate_spoken(survivor)


def _bring_home(ticket: Ticket) -> None:
    """Tickets that had been merged into this one come along with it."""
    level = [ticket.pk]
    while level:
        level = list(Merge.objects.standing().filter(into__in=level).values_list("ticket", flat=True))
        Ticket.objects.filter(pk__in=level).update(merged_into=ticket)
