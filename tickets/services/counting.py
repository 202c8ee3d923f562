"""How many tickets lists hold, exact up to a bound: the cost does not grow with the table."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from .compiled import NOTHING
from .listing import MOST_COUNTED, Count, Listing, count_of
from .whole_view import Statement, members

SECONDS_KEPT = 5
SECONDS_OF_PLENTY = 60  # a list of more than is counted seldom shrinks below that in a moment


def counts_of(listings: Sequence[Listing], *beside: QuerySet[Any]) -> list[int]:
    """One number for each list and for each of the rows beside them, at most MOST_COUNTED + 1.

    Lists without search words share one statement; those with words cost some each, and are a few seconds old. That
    there are more than MOST_COUNTED is known for a minute: counting that far is what costs most.
    """
    keys = [key_of(listing) for listing in listings]
    known = cache.get_many(keys)
    plain = [
        (key, listing)
        for key, listing in zip(keys, listings, strict=True)
        if key not in known and not listing.asked
    ]
    counted = [*(_members(listing) for _, listing in plain), *map(_limited, beside)]
    together = _counted_together(counted) if counted else []
    known |= zip((key for key, _ in plain), together, strict=False)
    cache.set_many({key: known[key] for key, _ in plain if known[key] > MOST_COUNTED}, SECONDS_OF_PLENTY)
    for key, listing in zip(keys, listings, strict=True):
        if key not in known:
            known[key] = count_of(listing)
            cache.set(key, known[key], SECONDS_KEPT)
    return [*(known[key] for key in keys), *together[len(plain) :]]


def counted(listing: Listing, count: Callable[[Listing], Count]) -> Count:
    """What `count` says of the list; that there are more than MOST_COUNTED is known for a minute."""
    key = key_of(listing)
    known: Count = cache.get(key)
    if known is None or known <= MOST_COUNTED:
        known = count(listing)
        if known is not None and known > MOST_COUNTED:
            cache.set(key, known, SECONDS_OF_PLENTY)
    return known


def key_of(listing: Listing) -> str:
    asked = repr(
        (listing.reader, listing.sight, sorted(listing.parameters.items()), listing.asked, listing.is_narrow)
    )
    return f"count:{sha256(asked.encode()).hexdigest()}"


def _members(listing: Listing) -> Statement:
    if not listing.is_whole_view:
        return _limited(listing.tickets)
    return members(listing.view, sight=listing.sight, reader=listing.reader, most=MOST_COUNTED + 1)


def _limited(rows: QuerySet[Any]) -> Statement:
    try:
        sql, params = rows.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
    except EmptyResultSet:
        return NOTHING, []
    return sql, list(params)


def _counted_together(counted: Sequence[Statement]) -> list[int]:
    columns: list[str] = []
    params: list[Any] = []
    for sql, its_params in counted:
        columns.append(f"(SELECT count(*) FROM ({sql}) bounded)")  # noqa: S608 – written by the ORM
        params += its_params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}", params)
        return list(cursor.fetchone())
