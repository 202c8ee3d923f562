"""What was changed in the settings of the desk. The audit is their record; this writes it and reads it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.models import AuditEntry, Person

from .audit import note


class About(models.TextChoices):
    ACCOUNT = "account", _("account")
    RULE = "rule", _("assignment rule")
    PERSON = "person", pgettext_lazy("setting", "person")
    TEAM = "team", _("team")
    MACRO = "macro", _("macro")
    CALENDAR = "calendar", _("calendar")
    POLICY = "policy", _("service level")
    ROTA = "rota", _("rota")
    INCIDENTS = "incidents", _("incidents by correlation")
    STATUS_PAGE = "status_page", _("public status page")
    PROVIDER_PAGE = "provider_page", _("status page of a provider")
    PROBE = "probe", _("probe")
    CURATION = "curation", _("articles from recurring causes")
    COMPENSATION = "compensation", _("limit of compensation")


class Kind(models.TextChoices):
    ADDED = "added", _("added")
    SAVED = "saved", _("changed")
    REMOVED = "removed", _("removed")


@dataclass(frozen=True, slots=True)
class SettingChange:
    """`fields` holds, for each field that changed, what it was before and what it is now."""

    about: About
    kind: Kind
    name: str
    fields: dict[str, tuple[Any, Any]]
    by: str
    at: datetime


def note_change(
    about: About, kind: Kind, name: object, *, by: Person, data: dict[str, list[Any]] | None = None
) -> None:
    """`data` as `differences` gives it. Within the transaction that makes the change."""
    before = {field: pair[0] for field, pair in (data or {}).items()}
    after = {field: pair[1] for field, pair in (data or {}).items()}
    note(
        AuditEntry.Kind.SETTING,
        by=by,
        about=f"{about} {name}",
        before=None if kind == Kind.ADDED else before,
        after=None if kind == Kind.REMOVED else after,
    )


def last_changes(most: int) -> list[SettingChange]:
    entries = AuditEntry.objects.filter(kind=AuditEntry.Kind.SETTING).select_related("by")[:most]
    return [change for entry in entries if (change := _read(entry))]


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


def _read(entry: AuditEntry) -> SettingChange | None:
    about, _, name = entry.about.partition(" ")
    if about not in About.values:
        return None
    before, after = entry.before or {}, entry.after or {}
    kind = Kind.ADDED if entry.before is None else Kind.REMOVED if entry.after is None else Kind.SAVED
    fields = {field: (before.get(field), after.get(field)) for field in (after or before)}
    return SettingChange(About(about), kind, name, fields, str(entry.by or entry.actor), entry.at)


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)
