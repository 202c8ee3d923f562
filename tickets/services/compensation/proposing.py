"""Asking for money back on the evidence of charges, and taking the proposal back."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tickets.models import Charge, Compensation, Person

from .limits import is_within
from .recording import tell

State = Compensation.State


class CannotPropose(ValueError):
    """These charges cannot be proposed together; the message says why."""


class Closed(Exception):
    """Somebody has decided over it meanwhile."""


def check(charges: Sequence[Charge]) -> None:
    """Raises CannotPropose where they do not belong together."""
    if not charges:
        raise CannotPropose(_("Choose one charge at least."))
    if len({charge.account for charge in charges}) > 1:
        raise CannotPropose(_("These charges are of several accounts: propose for each account by itself."))
    if len({charge.ticket_id for charge in charges if charge.ticket_id}) > 1:
        raise CannotPropose(_("These charges are of several tickets: propose for each ticket by itself."))
    if len({charge.currency for charge in charges if charge.currency}) > 1:
        raise CannotPropose(_("These charges are in several currencies: propose for each by itself."))
    if not all(charge.is_free for charge in charges):
        raise CannotPropose(_("One of these charges is proposed or decided already."))


@transaction.atomic
def propose(
    charges: Sequence[Charge],
    *,
    by: Person,
    amount: Decimal,
    currency: str,
    reason: str,
    evidence: str = "",
    may_grant: bool,
) -> Compensation:
    """`may_grant`: whoever proposes may approve others'. Within the limit, and of no more than is due, such a
    proposal needs nobody else. Raises CannotPropose, also where another was quicker.
    """
    check(charges)
    first = charges[0]
    due = sum((charge.owed for charge in charges), Decimal(0))
    alone = may_grant and amount <= due and is_within(amount, currency, account=first.account, by=by)
    compensation = Compensation.objects.create(
        state=State.PROPOSED if not alone else State.APPROVED,
        account=first.account,
        ticket_id=next((charge.ticket_id for charge in charges if charge.ticket_id), None),
        amount=amount,
        currency=currency,
        reason=reason,
        evidence=evidence,
        needs_second=not alone,
        proposed_by=by,
        approved_at=timezone.now() if alone else None,
    )
    free = Charge.objects.free().filter(pk__in=[charge.pk for charge in charges])
    if free.update(state=Charge.State.PROPOSED, compensation=compensation) != len(charges):
        raise CannotPropose(_("One of these charges is proposed or decided already."))
    tell(compensation, "proposed", by=by, reason=reason, needs_second=not alone)
    return compensation


@transaction.atomic
def withdraw(compensation: Compensation, *, by: Person) -> None:
    """By whoever proposed it, as long as nobody has approved it. Its charges are to be decided again."""
    own = Compensation.objects.filter(
        pk=compensation.pk, proposed_by=by, approved_by=None, state__in=(State.PROPOSED, State.APPROVED)
    )
    if not own.update(state=State.WITHDRAWN, closed_by=by, closed_at=timezone.now()):
        raise Closed
    tell(compensation, "withdrawn", by=by)
    compensation.charges.update(state=Charge.State.OPEN, compensation=None)
