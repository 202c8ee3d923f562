"""Reported rows without secrets: the only form in which they go on."""

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.conf import settings

from tickets.services.redaction import make_safe
from triage.engine.redact import fingerprint_of, redact
from triage.engine.redact.mask import last_four
from triage.engine.text import clean

from .columns import Columns
from .fingerprinting import Known, said_otherwise
from .reading import TEXTS
from .texts import Read, read_text

# Ids that redaction leaves alone, known at a glance.
_PLAIN_ID = re.compile(
    r"(?:(?:(?:req|request|chatcmpl|resp|msg|call|task|log|row)[_-])?"
    r"(?:\d{1,10}|[0-9a-f]{16,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?"
)
_PLAIN_IDS = re.compile(rf"(?:{_PLAIN_ID.pattern}\n)*+{_PLAIN_ID.pattern}")
SHORTEST_KEY = 8
AT_ONCE = 400  # ids that are looked through together; below the length that `clean` cuts at
IDS = ("source_id", "request_id", "task_id")
NAMES = {  # most characters of each; of one that grew by a mask, the end is left out
    field: TEXTS[field] for field in TEXTS if field not in (*IDS, "key", "raw_error")
}
Value = TypeVar("Value")


class Safe(NamedTuple):
    """A batch without secrets; in the place of each key stands the key's keyed fingerprint."""

    columns: Columns
    known: Sequence[Known]
    account_digests: Sequence[int]


def make_batch_safe(columns: Columns) -> Safe:
    names = {field: _of_each(columns[field], _safe_name, most) for field, most in NAMES.items()}
    ids = {field: _safe_ids(columns[field]) for field in IDS}
    errors = _texts(columns, names["model"])
    safe = {
        **columns,
        **names,
        **ids,
        "raw_error": [
            read.text if raw else "" for raw, read in zip(columns["raw_error"], errors, strict=True)
        ],
        "key": _of_each(columns["key"], _key_fingerprint),
    }
    return Safe(safe, [read.known for read in errors], _of_each(columns["account"], account_digest))


def _of_each(values: Sequence[str], made: Callable[..., Value], *more: object) -> list[Value]:
    """Within a batch most values come many times."""
    found = {value: made(value, *more) for value in set(values)}
    return [found[value] for value in values]


def _texts(columns: Columns, models: Sequence[str]) -> list[Read]:
    raw_errors = list(map(_without_key, columns["raw_error"], columns["key"]))
    if not all(raw_errors):
        said = map(said_otherwise, columns["error_type"], columns["error_code"], columns["http_status"])
        raw_errors = [raw or other for raw, other in zip(raw_errors, said, strict=True)]
    return list(map(read_text, raw_errors, models))


@lru_cache(maxsize=20_000)
def account_digest(account: str) -> int:
    """Stands for an account where accounts are counted: 64 bits with a sign, keyed; 0 where none is known."""
    if not account:
        return 0
    digest = hashlib.blake2b(account.encode("utf-8", "replace"), key=_pepper(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


@lru_cache(maxsize=20_000)
def _key_fingerprint(key: str) -> str:
    return fingerprint_of(key, settings.PEPPER) if key else ""


@lru_cache(maxsize=20_000)
def _safe_name(text: str, most: int) -> str:
    """Names come again and again. Of one that grew by a mask, the end is left out."""
    return make_safe(text, personal=False).text[:most]


def _safe_ids(values: Sequence[str]) -> Sequence[str]:
    """Ids hardly ever hold a secret: many are looked through at once, and one by one only where there is one."""
    lines = "\n".join(values)
    if lines.count("\n") < len(values) and _PLAIN_IDS.fullmatch(lines):
        return values
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
