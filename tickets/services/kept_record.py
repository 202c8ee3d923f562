"""What counts as failing and as unused, of canned replies and of macros alike: in Python for one, in SQL for a list."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

UNUSED_AFTER = timedelta(days=90)
# It fails when it failed this often, and in more than this share of what is known: written as one in so many.
AT_LEAST, ONE_IN = 3, 4


def is_failing(failed: int, known: int) -> bool:
    return failed >= AT_LEAST and failed * ONE_IN > known


def is_unused(last_used: datetime | None, created: datetime) -> bool:
    return (last_used or created) < timezone.now() - UNUSED_AFTER


def to_look_at(*, last_used: str, failed: str, known: str) -> Q:
    """On offer and unused, or failing; by the names of columns that the rows have."""
    long_ago = timezone.now() - UNUSED_AFTER
    unused = Q(**{f"{last_used}__lt": long_ago}) | Q(**{f"{last_used}": None, "created_at__lt": long_ago})
    failing = Q(**{f"{failed}__gte": AT_LEAST, f"{known}__lt": F(failed) * ONE_IN})
    return Q(is_active=True) & (unused | failing)


def counted(rows: QuerySet[Any], owner: str) -> Coalesce:
    """How many of these belong to each row of the list; one look by index for each that is shown."""
    mine = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    number = mine.annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
