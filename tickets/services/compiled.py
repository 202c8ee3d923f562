"""Statements that are written as query sets and made into SQL once.

Django takes two to four times as long to make a small statement as PostgreSQL takes to answer it, and makes it anew
each time. Those of the pages that agents look at all day are made once per process.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property, partial, update_wrapper
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import BigAutoField, Expression, Model, QuerySet

from .ahead import answer_at_hand

Row = TypeVar("Row")
Held = TypeVar("Held", bound=Model)
Value = int | str | datetime
NOTHING = "SELECT 1 WHERE 1 = 0"  # of what is known to hold nothing


@dataclass(frozen=True, slots=True)
class Slot:
    """Stands in the parameters of a statement for a value of its call: one of several where `at` says which."""

    place: int
    at: int | None = None

    def value(self, values: Sequence[Any]) -> Value:
        given = values[self.place]
        value: Value = given if self.at is None else given[self.at]
        return value


class Given(Expression):
    """Stands in a query set for the value at one place of a call, or for as many as `count` says."""

    def __init__(self, place: int, count: int | None) -> None:
        super().__init__()
        self._place, self._count = place, count

    @property
    def slot(self) -> Slot:
        """For SQL that is written by hand."""
        return Slot(self._place)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        if self._count is None:
            return "%s", [self.slot]
        slots = [Slot(self._place, at) for at in range(self._count)]
        return f"({', '.join(['%s'] * self._count)})", slots


class Compiled(Generic[Row]):
    """A function from values to a query set; calling it gives the rows.

    The function sees stand-ins: which statement it makes must not depend on a value, nor on the time. A value is a
    number, a text or a moment as its column holds it, or a sequence of such; of none there are no rows, and nothing is
    asked. A member of an `Enum` is no value: the function sees it, and makes one statement for each.
    """

    def __init__(self, make: "Callable[..., QuerySet[Any, Row]]") -> None:
        update_wrapper(self, make)
        self._make = make
        self._made: dict[tuple[int | Enum | None, ...], _Statement[Row]] = {}

    def __call__(self, *values: Value | Sequence[Value] | Enum) -> list[Row]:
        answer = answer_at_hand(self, values) or self.ask(*values)
        return answer()

    def ask(self, *values: Value | Sequence[Value] | Enum) -> Callable[[], list[Row]]:
        """Asks now. What it gives hands out the rows, once."""
        return self._statement(values).asked(values) if self.asks_for(*values) else list

    def asks_for(self, *values: Value | Sequence[Value] | Enum) -> bool:
        """Whether the database can know more of these values than that there is nothing."""
        return 0 not in map(_form, values)

    def sql(self, *values: Value | Sequence[Value] | Enum) -> tuple[str, list[Any]]:
        """The statement and its parameters, to be part of another."""
        return self._statement(values).sql(values)

    def _statement(self, values: Sequence[Value | Sequence[Value] | Enum]) -> "_Statement[Row]":
        shape = tuple(map(_form, values))
        statement = self._made.get(shape)
        if statement is None:
            stand_ins = (
                form if isinstance(form, Enum) else Given(place, form) for place, form in enumerate(shape)
            )
            statement = self._made[shape] = _Statement(self._make(*stand_ins))
        return statement


def at_hand(rows: list[Held], **related: Model) -> list[Held]:
    """The rows, which lead by these relations to what the caller has already, as those of a related manager do."""
    for row in rows:
        for relation, held in related.items():
            setattr(row, relation, held)
    return rows


def _form(value: Value | Sequence[Value] | Enum) -> int | Enum | None:
    """What of a value decides which statement is made: of several how many there are, of an `Enum` which it is. For
    a number or a text that no column can hold there are no rows: that is as if none was given.
    """
    if isinstance(value, Enum):
        return value
    if isinstance(value, int):
        return None if abs(value) <= BigAutoField.MAX_BIGINT else 0
    if isinstance(value, str):
        return 0 if "\0" in value else None
    return None if isinstance(value, datetime) else len(value)


class _Statement(Generic[Row]):
    """Making the SQL apart, all is left to Django: converting what comes, building what the query set gives."""

    def __init__(self, asked: "QuerySet[Any, Row]") -> None:
        self._asked = asked
        self._compiler = asked.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self._sql, self._parameters = self._compiler.as_sql()
        except EmptyResultSet:  # whatever the values are
            self._asked, self._sql, self._parameters = asked.none(), NOTHING, ()

    def sql(self, values: Sequence[Any]) -> tuple[str, list[Any]]:
        connection = connections[DEFAULT_DB_ALIAS]
        return self._sql, [
            _adapted(each.value(values), connection) if isinstance(each, Slot) else each
            for each in self._parameters
        ]

    def asked(self, values: Sequence[Any]) -> Callable[[], list[Row]]:
        if self._asked.query.is_empty():
            return list
        cursor = connections[DEFAULT_DB_ALIAS].cursor()
        try:
            cursor.execute(*self.sql(values))
        except Exception:
            cursor.close()
            raise
        return partial(self._rows, cursor)

    def _rows(self, cursor: CursorWrapper) -> list[Row]:
        with cursor:
            # Columns behind these are there to sort by, and are not given.
            fetched = [row[: self._compiler.col_count] for row in cursor.fetchall()]
        compiler: Any = copy(self._compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.execute_sql = lambda *_args, **_kwargs: [fetched]
        compiler.get_converters = lambda _columns: self._converters
        asked = self._asked.all()
        asked.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
        return list(asked)

    @cached_property
    def _converters(self) -> Any:
        return self._compiler.get_converters([column for column, *_ in self._compiler.select])


def _adapted(value: Value, connection: BaseDatabaseWrapper) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
