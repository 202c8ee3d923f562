"""Reported rows without secrets: the only form in which they go on."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

from tickets.services.redaction import make_safe
from triage.engine.redact import fingerprint_of, redact
from triage.engine.redact.mask import last_four
from triage.engine.text import clean

from .fingerprinting import Known, said_otherwise
from .reading import FailureRow
from .texts import read_text

# Ids that redaction leaves alone, known at a glance.
_PLAIN_ID = re.compile(
    r"(?:(?:req|request|chatcmpl|resp|msg|call|task|log|row)[_-])?"
    r"(?:\d{1,10}|[0-9a-f]{16,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|"
)
SHORTEST_KEY = 8
AT_ONCE = 400  # ids that are looked through together; below the length that `clean` cuts at
IDS = ("source_id", "request_id", "task_id")


class SafeRow(NamedTuple):
    """A row without secrets; in the place of its key stands the key's keyed fingerprint."""

    row: FailureRow
    known: Known
    account_digest: int


def safe_rows(rows: Sequence[FailureRow]) -> list[SafeRow]:
    return list(map(_safe_row, rows, *(_safe_ids([getattr(row, field) for row in rows]) for field in IDS)))


def _safe_row(row: FailureRow, source_id: str, request_id: str, task_id: str) -> SafeRow:
    model = _safe_name(row.model, 120)
    read = read_text(_without_key(row.raw_error, row.key) or said_otherwise(row), model)
    safe = FailureRow(
        source_id,
        row.occurred_at,
        _safe_name(row.account, 200),
        model,
        _safe_name(row.provider, 80),
        read.text if row.raw_error else "",
        _safe_name(row.key_owner, 200),
        _key_fingerprint(row.key) if row.key else "",
        _safe_name(row.route, 120),
        _safe_name(row.group, 80),
        _safe_name(row.endpoint, 200),
        _safe_name(row.request_type, 40),
        row.http_status,
        _safe_name(row.error_type, 120),
        _safe_name(row.error_code, 120),
        request_id,
        task_id,
        row.duration_ms,
        row.stream,
        row.retries,
        row.charged,
        row.amount,
        _safe_name(row.currency, 8),
    )
    return SafeRow(safe, read.known, account_digest(row.account))


@lru_cache(maxsize=20_000)
def account_digest(account: str) -> int:
    """Stands for an account where accounts are counted: 64 bits with a sign, keyed; 0 where none is known."""
    if not account:
        return 0
    digest = hashlib.blake2b(account.encode("utf-8", "replace"), key=_pepper(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


@lru_cache(maxsize=20_000)
def _key_fingerprint(key: str) -> str:
    return fingerprint_of(key, settings.PEPPER)


def _safe_name(text: str, most: int) -> str:
    return _known_name(text, most) if text else ""


@lru_cache(maxsize=20_000)
def _known_name(text: str, most: int) -> str:
    """Names come again and again. Of one that grew by a mask, the end is left out."""
    return make_safe(text, personal=False).text[:most]


def _safe_ids(values: list[str]) -> list[str]:
    """Ids hardly ever hold a secret: many are looked through at once, and one by one only where there is one."""
    safe: list[str] = []
    for start in range(0, len(values), AT_ONCE):
        some = values[start : start + AT_ONCE]
        if _is_safe("\n".join([value for value in some if not _PLAIN_ID.fullmatch(value)])):
            safe += some
        else:
            safe += [make_safe(value, personal=False).text[:200] for value in some]
    return safe


def _is_safe(text: str) -> bool:
    cleaned = clean(text).text
    return cleaned == text and redact(cleaned, pepper=settings.PEPPER, personal=False).text == text


def _without_key(raw: str, key: str) -> str:
    """The key that came with a row is masked in its error, whatever shape it has."""
    if len(key) < SHORTEST_KEY or key not in raw:
        return raw
    return raw.replace(key, f"…{last_four(key)}")


def _pepper() -> bytes:
    return hashlib.blake2b(settings.PEPPER).digest()
