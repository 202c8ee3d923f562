"""Finds tickets by the terms of a query, newest first, on both databases alike.

PostgreSQL must gather every hit of a word before it gives the first: dear where a word stands in every ticket.
So the newest tickets are asked first, by the step tokens of their entries, and a wider step only if they do not
fill the page. The hits are gathered before the tickets are read (materialised, in an array): otherwise the planner, who
cannot know how rare a word is, would walk through all tickets in order, looking for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from tickets.models import SearchDoc

from ..compiled import Compiled, Given
from .index import STEPS, step_token
from .near import NEAR, near, told
from .query import Term

VECTOR = "tickets_search_vector(tokens)"  # the indexed expression
EVERYTHING = 0  # the step that holds all tickets
RARE = 64  # hits in the two newest parts of the second step, thirty thousand numbers at most
READ = 3_000  # entries that may be read one by one
Select = tuple[str, list[str | int]]  # with its parameters
LOOKED_IN = (STEPS[0], STEPS[1], EVERYTHING)


def next_number() -> int:
    """Above every number that has an entry."""
    return max(_newest_entry(), default=0) + 1


@Compiled
def _newest_entry() -> QuerySet[SearchDoc, int]:
    return SearchDoc.objects.order_by("-pk").values_list("pk", flat=True)[:1]


def settled(terms: Sequence[Term], top: int) -> tuple[Term, ...]:
    """The terms with the last word decided: a beginning, where it stands nowhere as a whole word."""
    if not terms or not terms[-1].may_begin:
        return tuple(terms)
    whole = [Term(terms[-1].tokens)]
    return (*terms[:-1], replace(terms[-1], begins=not _exists(whole, top), may_begin=False))


def holds(terms: Sequence[Term], doc: SearchDoc) -> bool:
    """Whether one entry holds all terms, told without the index."""
    tokens = doc.tokens.split(" ")
    held = set(tokens)
    for term in terms:
        if term.is_absent:
            if not held.isdisjoint(term.tokens):
                return False
            continue
        whole = term.tokens[:-1] if term.begins else term.tokens
        if not held.issuperset(whole) or term.phrase not in doc.text:
            return False
        if term.begins and not any(token.startswith(term.tokens[-1]) for token in tokens):
            return False
    return True


def newest(terms: Sequence[Term], *, below: int, most: int) -> Select:
    """SELECT of the numbers of the newest hits. A wider step is looked into only where the one before it holds too few.

    The text of the statement is the same for all terms of one form: what varies is among its parameters.
    """
    if is_postgres() and any(term.begins for term in terms):
        steps = _steps_of_beginning(terms, below, most)
    else:
        steps = [(lowest_of(step, below), _hits(terms, step, below, most)) for step in LOOKED_IN]
    tables, params, pieces, is_short = [], list[str | int](), [], ""
    for place, (lowest, (sql, given)) in enumerate(steps):
        count = f"(SELECT count(*) FROM step_{place})"  # noqa: S608 – fixed pieces
        tables.append(f"step_{place}(number) AS MATERIALIZED ({sql})")
        params += given
        is_enough = f" AND {count} >= {int(most)}" if lowest > 0 else ""
        pieces.append(f"SELECT number FROM step_{place} WHERE true{is_short}{is_enough}")  # noqa: S608
        is_short += f" AND {count} < {int(most)}"
        if lowest <= 0:
            break
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(pieces)}", params


def _steps_of_beginning(terms: Sequence[Term], below: int, most: int) -> list[tuple[int, Select]]:
    """PostgreSQL gathers all entries of what begins so before it gives the first: as few times as can be, and not at
    all where the other words leave few entries to be read. Where they leave many, the newest are read.
    """
    others = [replace(term, phrase="") for term in terms if not term.begins]
    step = LOOKED_IN[1]
    lately = READ + 1 if all(term.is_absent for term in others) else count_hits(others, step, below, READ + 1)
    # Rare lately may have been common once.
    if lately <= RARE and count_hits(others, EVERYTHING, below, READ + 1) <= READ:
        return [(0, _hits(terms, EVERYTHING, below, most, reads_beginnings=True))]
    everything = (0, _hits(terms, EVERYTHING, below, most))
    if lately <= READ:
        return [(lowest_of(step, below), _hits(terms, step, below, most, reads_beginnings=True)), everything]
    return [(max(0, below - NEAR), near(terms, below, most)), everything]


def holding(
    terms: Sequence[Term], *, step: int = EVERYTHING, below: int | None = None, most: int | None = None
) -> RawSQL:
    """A condition on tickets: they hold all terms. With `most`, only the newest so many hits count."""
    return among(*_hits(terms, step, below, most))


def holding_asked(asked: Given, *, most: int) -> RawSQL:
    """The same for a compiled statement: `asked` stands for what `asked_for` says of one whole term."""
    sql, _params = _hits([Term(("any",))], EVERYTHING, None, most)
    return among(sql, [asked.slot])


def asked_for(term: Term) -> str:
    """The one term as the index is asked for it."""
    _sql, [asked] = _matching([term], EVERYTHING, None)
    return str(asked)


def lacking(terms: Sequence[Term]) -> RawSQL:
    """A condition on tickets: they hold all these terms, each of which is absent. All entries that hold one of the
    tokens are gathered: to count, not for a page.
    """
    tokens = [token for term in terms for token in term.tokens]
    if is_postgres():
        hits = f"SELECT ticket_id FROM tickets_searchdoc WHERE {VECTOR} @@ %s::tsquery"  # noqa: S608 – fixed pieces
        left_out = f"WITH hits AS MATERIALIZED ({hits}) SELECT ticket_id FROM hits"  # noqa: S608
        asked = " | ".join(map(_quoted, tokens))
    else:
        left_out = "SELECT rowid AS ticket_id FROM tickets_search WHERE tickets_search MATCH %s"
        asked = " OR ".join(_fts_query(Term((token,))) for token in tokens)
    condition = f'NOT EXISTS(SELECT 1 FROM ({left_out}) left_out WHERE left_out.ticket_id = "tickets_ticket"."number")'  # noqa: S608
    return RawSQL(condition, [asked], output_field=BooleanField())  # noqa: S611


def among(sql: str, params: Sequence[Any]) -> RawSQL:
    """A condition on tickets: their numbers are among those that the SELECT gives."""
    number = '"tickets_ticket"."number"'
    condition = f"{number} = ANY(ARRAY({sql}))" if is_postgres() else f"{number} IN ({sql})"
    return RawSQL(condition, params, output_field=BooleanField())  # noqa: S611 – built of fixed pieces


def _hits(
    terms: Sequence[Term],
    step: int,
    below: int | None,
    most: int | None,
    *,
    reads_beginnings: bool = False,
) -> Select:
    """SELECT of the numbers of the entries that hold all terms. With `reads_beginnings`, which is for PostgreSQL, the
    index is not asked for what begins so: each entry that holds the others is read.
    """
    read = [term for term in terms if term.begins] if reads_beginnings else []
    where, params = _matching([term for term in terms if term not in read], step, below)
    if read:
        pieces, asked = told(read)
        where += pieces
        params += asked
    phrases = [term.phrase for term in terms if term.phrase and term not in read]
    postgres = is_postgres()
    number = "ticket_id" if postgres else "tickets_search.rowid"
    table = "tickets_searchdoc" if postgres else "tickets_search"
    if phrases:
        table = table if postgres else f"{table} JOIN tickets_searchdoc ON ticket_id = tickets_search.rowid"
        where += f" AND {'strpos' if postgres else 'instr'}(text, %s) > 0" * len(phrases)
        params += phrases
    if below is not None:
        where += f" AND {number} < %s"
        params.append(below)
    sql = f"SELECT {number} FROM {table} WHERE {where}"  # noqa: S608 – fixed pieces, values are parameters
    if most is not None:
        if postgres:
            sql = f"WITH hits AS MATERIALIZED ({sql}) SELECT ticket_id FROM hits"  # noqa: S608
        sql += f" ORDER BY {number} DESC LIMIT {int(most)}"
    return sql, params


def _matching(terms: Sequence[Term], step: int, below: int | None) -> Select:
    if is_postgres():
        return f"{VECTOR} @@ %s::tsquery", [" & ".join([*map(_tsquery, terms), *_steps(step, below)])]
    match = " AND ".join(_fts_query(term) for term in terms if not term.is_absent)
    match += "".join(f" NOT {_fts_query(term)}" for term in terms if term.is_absent)
    if step == EVERYTHING or below is None:
        return "tickets_search MATCH %s", [match]
    return "tickets_search MATCH %s AND tickets_search.rowid >= %s", [match, lowest_of(step, below)]


def count_lately(terms: Sequence[Term], below: int, most: int) -> int:
    """How many entries with the next lower numbers, thirty thousand at most, hold all their words in any order; counted
    up to `most`.
    """
    return count_hits([replace(term, phrase="") for term in terms], LOOKED_IN[1], below, most)


def count_hits(terms: Sequence[Term], step: int, below: int, most: int) -> int:
    """How many entries hold all terms, counted up to `most`."""
    sql, params = _hits(terms, step, below, None)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql} LIMIT %s) hits", [*params, most])  # noqa: S608
        return int(cursor.fetchone()[0])


def _steps(step: int, below: int | None) -> Iterator[str]:
    """The two newest parts of the number line at this step."""
    if step == EVERYTHING or below is None:
        return
    part = below >> step
    yield f"({_quoted(step_token(step, part))} | {_quoted(step_token(step, part - 1))})"


def lowest_of(step: int, below: int) -> int:
    """The first number of the two newest parts; 0 where nothing is below."""
    return 0 if step == EVERYTHING else max(0, ((below >> step) - 1) << step)


def _tsquery(term: Term) -> str:
    if term.is_absent:
        return "!" + " & !".join(map(_quoted, term.tokens))
    return " & ".join(map(_quoted, term.tokens)) + (":*" if term.begins else "")


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _fts_query(term: Term) -> str:
    quoted = ['"' + token.replace('"', '""') + '"' for token in term.tokens]
    return " AND ".join(quoted) + (" *" if term.begins else "")


def _exists(terms: Sequence[Term], top: int) -> bool:
    """Asked of the newest tickets first: that is enough for every word that is not rare."""
    newest, its_params = _hits(terms, STEPS[0], top, None)
    everything, more_params = _hits(terms, EVERYTHING, top, None)
    # Where one hit is enough the planner would read entry after entry; a CTE is planned for all its rows, by the index.
    cte = "AS MATERIALIZED" if is_postgres() else "AS"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH newest {cte} ({newest}), everything {cte} ({everything}) "  # noqa: S608 – fixed pieces
            "SELECT CASE WHEN EXISTS(SELECT 1 FROM newest) THEN true ELSE EXISTS(SELECT 1 FROM everything) END",
            [*its_params, *more_params],
        )
        return bool(cursor.fetchone()[0])


def is_postgres() -> bool:
    return connection.vendor == "postgresql"
