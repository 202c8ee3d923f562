"""Entries read one by one: the newest, or those of given numbers.

PostgreSQL's index gathers everything that begins as asked before it gives the first: a hundred thousand entries for
`gpt-4*`. Where so many are hits, the newest two thousand hold a page of them.
"""

from collections.abc import Iterator, Sequence

from django.db import connection

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
    """Those of the numbers whose entries hold all terms. PostgreSQL."""
    pieces, params = told(terms)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT ticket_id FROM tickets_searchdoc WHERE ticket_id = ANY(%s){pieces}",  # noqa: S608
            [list(numbers), *params],
        )
        return [number for (number,) in cursor]


def told(terms: Sequence[Term]) -> tuple[str, list[str | int]]:
    """Conditions on an entry, told without the index. PostgreSQL."""
    conditions = [each for term in terms for each in _conditions(term)]
    return "".join(f" AND {piece}" for piece, _asked in conditions), [asked for _piece, asked in conditions]


def _conditions(term: Term) -> Iterator[tuple[str, str]]:
    found = "strpos(' ' || tokens || ' ', %s)"
    for place, token in enumerate(term.tokens, start=1):
        is_beginning = term.begins and place == len(term.tokens)
        asked = f" {token}" if is_beginning else f" {token} "
        yield f"{found} {'=' if term.is_absent else '>'} 0", asked
    if term.phrase:
        yield "strpos(text, %s) > 0", term.phrase
