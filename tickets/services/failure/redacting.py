"""Reported rows without secrets: the only form in which they go on."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings

from tickets.services.redaction import make_safe
from triage.engine.redact import fingerprint_of, redact
from triage.engine.redact.mask import last_four
from triage.engine.text import clean

from .reading import FailureRow

ERROR_KEPT = 8_000  # characters of a raw error; the middle of a longer one is left out
TAIL_KEPT = 2_000
SHORTEST_KEY = 8
AT_ONCE = 400  # ids that are looked through together; below the length that `clean` cuts at
IDS = ("source_id", "request_id", "task_id")


def safe_rows(rows: Sequence[FailureRow]) -> list[FailureRow]:
    """The same rows with secrets masked, and in the place of each key its keyed fingerprint."""
    ids = {field: _safe_ids([getattr(row, field) for row in rows]) for field in IDS}
    errors: dict[str, str] = {}
    safe = []
    for at, row in enumerate(rows):
        raw = _without_key(row.raw_error, row.key)
        error = errors.get(raw)
        if error is None:
            error = errors[raw] = _shortened(make_safe(raw).text)
        safe.append(
            FailureRow(
                ids["source_id"][at],
                row.occurred_at,
                _safe_name(row.account, 200),
                _safe_name(row.model, 120),
                _safe_name(row.provider, 80),
                error,
                _safe_name(row.key_owner, 200),
                _fingerprint(row.key) if row.key else "",
                _safe_name(row.route, 120),
                _safe_name(row.group, 80),
                _safe_name(row.endpoint, 200),
                _safe_name(row.request_type, 40),
                row.http_status,
                _safe_name(row.error_type, 120),
                _safe_name(row.error_code, 120),
                ids["request_id"][at],
                ids["task_id"][at],
                row.duration_ms,
                row.stream,
                row.retries,
                row.charged,
                row.amount,
                _safe_name(row.currency, 8),
            )
        )
    return safe


@lru_cache(maxsize=20_000)
def account_digest(account: str) -> int:
    """Stands for an account where accounts are counted: 64 bits with a sign, keyed; 0 where none is known."""
    if not account:
        return 0
    digest = hashlib.blake2b(account.encode("utf-8", "replace"), key=_pepper(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


@lru_cache(maxsize=20_000)
def _fingerprint(key: str) -> str:
    return fingerprint_of(key, settings.PEPPER)


@lru_cache(maxsize=20_000)
def _safe_name(text: str, most: int) -> str:
    """Names come again and again. Of one that grew by a mask, the end is left out."""
    return make_safe(text, personal=False).text[:most] if text else ""


def _safe_ids(values: list[str]) -> list[str]:
    """Ids hardly ever hold a secret: many are looked through at once, and one by one only where there is one."""
    safe: list[str] = []
    for start in range(0, len(values), AT_ONCE):
        some = values[start : start + AT_ONCE]
        joined = "\n".join(some)
        if _is_safe(joined):
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


def _shortened(text: str) -> str:
    if len(text) <= ERROR_KEPT:
        return text
    head, tail = text[: ERROR_KEPT - TAIL_KEPT - 60], text[-TAIL_KEPT:]
    return f"{head}\n[… {len(text) - len(head) - len(tail):,} characters left out …]\n{tail}"


def _pepper() -> bytes:
    return hashlib.blake2b(settings.PEPPER).digest()
