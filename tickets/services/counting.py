"""How many tickets lists hold, exact up to a bound: the cost does not grow with the table."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from .listing import MOST_COUNTED, Listing, count_of

SECONDS_KEPT = 5


def counts_of(listings: Sequence[Listing], *beside: QuerySet[Any]) -> list[int]:
    """One number for each list and for each of the rows beside them, at most MOST_COUNTED + 1.

    Lists without search words share one statement; those with words cost some each, and are a few seconds old.
    """
    plain = [listing.tickets for listing in listings if not listing.asked]
    together = iter(_counted_together([*plain, *beside]))
    counted = [_of_late(listing) if listing.asked else next(together) for listing in listings]
    return [*counted, *together]


def _of_late(listing: Listing) -> int:
    asked = repr((listing.reader, sorted(listing.parameters.items()), listing.asked))
    key = f"count:{sha256(asked.encode()).hexdigest()}"
    return int(cache.get_or_set(key, lambda: count_of(listing), SECONDS_KEPT) or 0)


def _counted_together(counted: Sequence[QuerySet[Any]]) -> list[int]:
    if not counted:
        return []
    columns: list[str] = []
    params: list[Any] = []
    for rows in counted:
        try:
            sql, its_params = rows.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:  # known to hold nothing, without a statement
            sql, its_params = "SELECT 1 WHERE 1 = 0", ()
        columns.append(f"(SELECT count(*) FROM ({sql}) bounded)")  # noqa: S608 – written by the ORM
        params += its_params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", params)
        return list(cursor.fetchone())
