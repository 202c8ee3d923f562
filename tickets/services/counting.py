"""How many tickets lists hold, exact up to a bound: the cost does not grow with the table."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db import connection

from .listing import MOST_COUNTED, Listing, count_of

SECONDS_KEPT = 5


def counts_of(listings: Sequence[Listing]) -> list[int]:
    """One number for each list, at most MOST_COUNTED + 1.

    Lists without search words share one statement; those with words cost some each, and are a few seconds old.
    """
    plain = [listing for listing in listings if not listing.asked]
    together = iter(_counted_together(plain))
    return [_of_late(listing) if listing.asked else next(together) for listing in listings]


def _of_late(listing: Listing) -> int:
    asked = repr((listing.reader, sorted(listing.parameters.items()), listing.asked))
    key = f"count:{sha256(asked.encode()).hexdigest()}"
    return int(cache.get_or_set(key, lambda: count_of(listing), SECONDS_KEPT) or 0)


def _counted_together(listings: Sequence[Listing]) -> list[int]:
    if not listings:
        return []
    columns: list[str] = []
    params: list[Any] = []
    for listing in listings:
        bounded = listing.tickets.order_by().values("pk")[: MOST_COUNTED + 1]
        sql, its_params = bounded.query.sql_with_params()
        columns.append(f"(SELECT count(*) FROM ({sql}) bounded)")  # noqa: S608 – written by the ORM
        params += its_params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", params)
        return list(cursor.fetchone())
