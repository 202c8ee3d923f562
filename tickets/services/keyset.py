"""Keyset pages over rows in any order: nothing is skipped or shown twice while others work, and no page costs more."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """`after` is the mark for the next page, empty on the last one."""

    rows: list[Row]
    after: str


def page_by(
    rows: "models.QuerySet[Row]", columns: Mapping[str, type], *, after: str = "", size: int = SIZE
) -> Page[Row]:
    """Up to `size` rows behind the mark, in the order of these columns: none of them null, the last one unique.

    `columns` says of which type each is. A spoiled mark starts anew.
    """
    found = list(rows.filter(_behind(after, columns)).order_by(*columns)[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    mark = json.dumps([getattr(found[size - 1], column) for column in columns], ensure_ascii=False)
    return Page(found[:size], mark)


def _behind(mark: str, columns: Mapping[str, type]) -> Q:
    values = _values(mark, columns)
    if values is None:
        return Q()
    behind = Q()
    for column, value in reversed(list(zip(columns, values, strict=True))):
        further = Q(**{f"{column}__gt": value})
        behind = further | (Q(**{column: value}) & behind) if behind else further
    return behind


def _values(mark: str, columns: Mapping[str, type]) -> list[Any] | None:
    try:
        values = json.loads(mark)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or len(values) != len(columns):
        return None
    fits = all(_fits(value, kind) for value, kind in zip(values, columns.values(), strict=True))
    return values if fits else None


def _fits(value: Any, kind: type) -> bool:
    if type(value) is not kind:
        return False
    return "\0" not in value if isinstance(value, str) else isinstance(value, int) and abs(value) < 2**62
