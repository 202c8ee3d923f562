"""The record of what people with power did. Written in the caller's transaction: no deed without its entry."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from tickets.models import AuditEntry, Person
from tickets.models.audit import AuditEntryQuerySet
from triage.visitor import current_address

COLUMNS = ("id", "at", "actor", "address", "kind", "about", "before", "after")
AT_A_TIME = 2000
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate


def note(
    kind: AuditEntry.Kind, *, by: Person | str, about: object = "", before: Any = None, after: Any = None
) -> AuditEntry:
    """`before` and `after` hold what changed and nothing secret; `by` is a person or the name of a command."""
    return AuditEntry.objects.create(
        kind=kind,
        by=by if isinstance(by, Person) else None,
        actor=(by.email if isinstance(by, Person) else by)[:254],
        address=current_address() or None,
        about=str(about)[:254],
        before=before,
        after=after,
    )


def as_ndjson(entries: AuditEntryQuerySet) -> Iterator[str]:
    for row in _rows(entries):
        yield json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"


def as_csv(entries: AuditEntryQuerySet) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\r\n"
    for row in _rows(entries):
        yield _line(row)


def _rows(entries: AuditEntryQuerySet) -> Iterator[Mapping[str, Any]]:
    """Newest first, a bounded number in memory."""
    return iter(entries.order_by("-pk").values(*COLUMNS).iterator(AT_A_TIME))


def _line(row: Mapping[str, Any]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(_cell(row[name]) for name in COLUMNS)
    return written.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
