"""Up to how much one person may grant alone, by currency. Set by admins."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from tickets.models import Compensation, CompensationLimit, Person
from tickets.services.setting_change import About, Kind, note_change

COUNTED_FOR = timedelta(hours=24)  # many small ones within this time are one large one


def limit_of(currency: str) -> Decimal:
    """Nothing where none is set: then every proposal needs a second person."""
    limit = CompensationLimit.objects.filter(currency=currency).values_list("amount", flat=True).first()
    return limit or Decimal(0)


def is_within(amount: Decimal, currency: str, *, account: str, by: Person) -> bool:
    """With all that was granted this account, or by this person, without a second one within a day. The limit's row is
    held meanwhile, so that two at once do not each find room for themselves.
    """
    held = CompensationLimit.objects.select_for_update().filter(currency=currency).first()
    limit = held.amount if held else Decimal(0)
    if amount > limit:
        return False
    alone = Compensation.objects.granted().filter(
        needs_second=False, currency=currency, proposed_at__gte=timezone.now() - COUNTED_FOR
    )
    sums = (
        alone.filter(account=account).aggregate(sum=Sum("amount"))["sum"],
        alone.filter(proposed_by=by).aggregate(sum=Sum("amount"))["sum"],
    )
    return all(amount + (sum or 0) <= limit for sum in sums)


@transaction.atomic
def save_limit(currency: str, amount: Decimal, *, by: Person) -> None:
    """Zero takes the limit away."""
    standing = CompensationLimit.objects.select_for_update().filter(currency=currency).first()
    before = _written(standing.amount) if standing else "0"
    if before == _written(amount):
        return
    if amount:
        CompensationLimit.objects.update_or_create(currency=currency, defaults={"amount": amount})
    elif standing:
        standing.delete()
    kind = Kind.SAVED if standing and amount else Kind.ADDED if amount else Kind.REMOVED
    note_change(About.COMPENSATION, kind, currency, by=by, data={"amount": [before, _written(amount)]})


def _written(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
