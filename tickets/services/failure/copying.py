"""Rows as COPY of PostgreSQL reads them. Made column by column: most columns hold few values many times."""

from collections.abc import Sequence
from typing import Any

MARKS = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def as_copied(rows: Sequence[Sequence[Any]]) -> str:
    """Each column holds values of one type, and None."""
    columns = map(_column, zip(*rows, strict=True))
    return "".join([f"{line}\n" for line in map("\t".join, zip(*columns, strict=True))])


def _column(values: Sequence[Any]) -> Sequence[str]:
    if type(values[0]) is str:
        return _escaped(values)
    texts = {value: "\\N" if value is None else str(value) for value in set(values)}
    return [texts[value] for value in values]


def _escaped(values: Sequence[str]) -> Sequence[str]:
    together = "".join(values)
    for mark, instead in MARKS.items():
        if mark in together:
            values = [value.replace(mark, instead) for value in values]
    return values
