"""Statements asked in one go. A page that asks for one thing after another waits each time until the answer has come;
what it is sure to need it asks for together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    from .compiled import Compiled

Call = tuple["Compiled[Any]", *tuple[Any, ...]]  # a compiled statement with its values


@dataclass(slots=True)
class _Answer:
    values: tuple[Any, ...]
    rows: Callable[[], list[Any]] | None  # None when they were handed out


_answers: ContextVar[Mapping["Compiled[Any]", _Answer]] = ContextVar("answers", default=MappingProxyType({}))


@contextmanager
def asked_ahead(*calls: Call) -> Iterator[None]:
    """Who makes one of these calls within finds the answer at hand, once; a second time it is asked for anew. Of each
    statement there is one call. Nothing may be written first that would change an answer.

    SQLite answers within the process: there nothing is asked ahead.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    sent = [(asked, tuple(values)) for asked, *values in calls if asked.asks_for(*values)]
    if connection.vendor != "postgresql" or not sent:
        yield
        return
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        answers = {asked: _Answer(values, asked.ask(*values)) for asked, values in sent}
    token = _answers.set({**_answers.get(), **answers})
    try:
        yield
    finally:
        _answers.reset(token)


def answer_at_hand(asked: "Compiled[Any]", values: tuple[Any, ...]) -> Callable[[], list[Any]] | None:
    answer = _answers.get().get(asked)
    if answer is None or answer.values != values:
        return None
    rows, answer.rows = answer.rows, None
    return rows


def answers_of(calls: Iterable[Call]) -> list[Any]:
    """The rows of these calls, one after another."""
    return [row for asked, *values in calls for row in asked(*values)]
