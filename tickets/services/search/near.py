"""Entries read one by one: the newest, or those of given numbers.

PostgreSQL's index gathers everything that begins as asked before it gives the first: a hundred thousand entries for
`gpt-4*`. Where so many are hits, the newest two thousand hold a page of them.
"""

import json
from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from .query import Term

NEAR = 2048  # entries


def near(terms: Sequence[Term], below: int, most: int) -> tuple[str, list[str | int]]:
    """SELECT of the numbers of the entries, among the newest below this number, that hold all terms. PostgreSQL."""
    pieces, params = told(terms)
    sql = (
        "SELECT ticket_id FROM tickets_searchdoc WHERE ticket_id >= %s AND ticket_id < %s"  # noqa: S608
        f"{pieces} ORDER BY ticket_id DESC LIMIT {int(most)}"
    )
    return sql, [max(0, below - NEAR), below, *params]


def held_among(terms: Sequence[Term], numbers: Sequence[int]) -> list[int]:
    """Those of the numbers whose entries hold all terms, in no order."""
    among, given = _one_of(numbers)
    pieces, params = told(terms)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT ticket_id FROM tickets_searchdoc WHERE ticket_id {among}{pieces}",  # noqa: S608
            [given, *params],
        )
        return [number for (number,) in cursor]


def numbered(numbers: Sequence[int]) -> RawSQL:
    """A condition on tickets: their number is one of these, which may be thousands."""
    among, given = _one_of(numbers)
    return RawSQL(f'"tickets_ticket"."number" {among}', [given], output_field=BooleanField())  # noqa: S611


def _one_of(numbers: Sequence[int]) -> tuple[str, list[int] | str]:
    """What is said of a number that is one of these, and its one parameter, however many they are."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", list(numbers)
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(numbers))


def told(terms: Sequence[Term]) -> tuple[str, list[str | int]]:
    """Conditions on an entry, told without the index."""
    conditions = [each for term in terms for each in _conditions(term)]
    return "".join(f" AND {piece}" for piece, _asked in conditions), [asked for _piece, asked in conditions]


def _conditions(term: Term) -> Iterator[tuple[str, str]]:
    place_of = "strpos" if connection.vendor == "postgresql" else "instr"
    found = f"{place_of}(' ' || tokens || ' ', %s)"
    for place, token in enumerate(term.tokens, start=1):
        is_beginning = term.begins and place == len(term.tokens)
        asked = f" {token}" if is_beginning else f" {token} "
        yield f"{found} {'=' if term.is_absent else '>'} 0", asked
    if term.phrase:
        yield f"{place_of}(text, %s) > 0", term.phrase
