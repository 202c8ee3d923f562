"""Charges and compensation of somebody who is erased. Sums, states, times and who decided stay: they are the books.
Whose money it was, and the words about it, go.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from tickets.models import AuditEntry, Charge, ChargeLine, Compensation, Customer

from .marks import Marks

UNDECIDED = (Compensation.State.PROPOSED, Compensation.State.APPROVED)
WORDY = ("reason", "because", "evidence", "reference")  # in the audit entries of a compensation or a charge


def undecided_of(customer: Customer, marks: Marks) -> list[int]:
    """Compensations that somebody must decide first: afterwards nobody could say whose they are."""
    theirs = Q(ticket__customer=customer) | Q(account__in=marks.account_names)
    waiting = Compensation.objects.filter(theirs, state__in=UNDECIDED)
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:20])


@transaction.atomic
def forget_whose(customer: Customer, marks: Marks) -> None:
    lines = ChargeLine.objects.filter(
        Q(ticket__customer=customer)
        | Q(charge__ticket__customer=customer)
        | Q(account__in=marks.account_names)
        | Q(request_id__in=marks.requests)
        | Q(task_id__in=marks.tasks)
    )
    charges = Charge.objects.filter(
        Q(ticket__customer=customer) | Q(account__in=marks.account_names) | Q(lines__in=lines)
    )
    numbers = list(charges.values_list("pk", flat=True).distinct())
    lines.update(account="", request_id="", task_id="")
    ChargeLine.objects.filter(charge__in=numbers).update(account="", request_id="", task_id="")
    Charge.objects.filter(pk__in=numbers).update(
        key=Concat(Value("erased:"), Cast("pk", CharField())),
        account="",
        request_id="",
        task_id="",
        aside_because="",
    )
    paid = Compensation.objects.filter(
        Q(ticket__customer=customer) | Q(account__in=marks.account_names) | Q(charges__in=numbers)
    )
    proposals = list(paid.values_list("pk", flat=True).distinct())
    Compensation.objects.filter(pk__in=proposals).update(account="", reason="", evidence="", because="")
    _empty_audit(f"compensation {number} " for number in proposals)
    _empty_audit(f"charge {number} " for number in numbers)


def _empty_audit(begins: Iterable[str]) -> None:
    for begin in begins:
        entries = AuditEntry.objects.filter(kind=AuditEntry.Kind.COMPENSATION, about__startswith=begin)
        for entry in entries:
            kept = {name: value for name, value in (entry.after or {}).items() if name not in WORDY}
            AuditEntry.objects.filter(pk=entry.pk).rename(after=kept or None)
