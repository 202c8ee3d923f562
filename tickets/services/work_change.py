"""The record of what admins changed in the rules of the work."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from tickets.models import Person, WorkChange


def note_change(
    about: WorkChange.About,
    kind: WorkChange.Kind,
    name: object,
    *,
    by: Person,
    data: dict[str, list[Any]] | None = None,
) -> WorkChange:
    return WorkChange.objects.create(about=about, kind=kind, name=str(name)[:120], by=by, data=data or {})


def state_of(row: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The values of these fields, such as JSON can keep."""
    return {field: _plain(getattr(row, field)) for field in fields}


def differences(before: dict[str, Any], now: dict[str, Any]) -> dict[str, list[Any]]:
    """For each field that changed: before, now."""
    return {
        field: [before.get(field), now.get(field)]
        for field in now
        if before.get(field) != now.get(field)
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)
