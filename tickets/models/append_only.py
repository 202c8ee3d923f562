from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class AppendOnly(Exception):
    """The record of what was done is written once."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    def update(self, **values: Any) -> int:
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly
