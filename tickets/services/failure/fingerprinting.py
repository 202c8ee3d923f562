"""The error fingerprint of a failure: the same as that of a ticket with this error.

Reading a text takes the engine some hundred microseconds, and errors come by the thousand with nothing but other
numbers and ids in them. So what was read is remembered by the text without those.
"""

import re
from hashlib import blake2b
from typing import NamedTuple

from triage.engine.extract import extract
from triage.engine.fingerprint import fingerprint

from .memory import Memory
from .reading import FailureRow

_VARYING = re.compile(r"(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{12,}|\d+(?:[.,:]\d+)*")
_MASK = re.compile(r"(?<![\w-])[\w-]{0,40}(?:…|\*{3,})[\w-]{0,40}")
_STATUS = re.compile(r"4(?:0[0-689]|1[35]|2[2459]|51|99)|5(?:0[0-4]|2\d|30)")
_MODEL = "\x00"  # no safe text holds one


class Known(NamedTuple):
    """`value` as a ticket's fingerprint, and the normalised `words` that it stands for."""

    value: str
    words: str


_known: Memory[bytes, Known] = Memory(20_000)


def fingerprint_of(row: FailureRow) -> Known:
    """`row` is safe already."""
    said = row.raw_error or said_otherwise(row.error_type, row.error_code, row.http_status)
    return known_of(said, row.model)


def said_otherwise(error_type: str, error_code: str, http_status: int | None) -> str:
    """Where no error text came: what the row says of its error."""
    return " ".join(filter(None, (error_type, error_code, str(http_status or ""))))


def known_of(text: str, model: str) -> Known:
    key = blake2b(skeleton(text, model).encode("utf-8", "replace"), digest_size=16).digest()
    found = _known.get(key)
    if found is None:
        read = fingerprint(extract(text).with_known({"model": model}), text)
        found = Known(read.value, read.normalised)
        _known.add(key, found)
    return found


def skeleton(text: str, model: str) -> str:
    """The text without its numbers, ids and tails of masks, its model's name alike for all models. A number that may
    be a status stays: a short message is told apart by it.
    """
    if len(model) > 2:
        text = text.replace(model, _MODEL)
    if "…" in text or "***" in text:
        text = _MASK.sub("…", text)
    return _VARYING.sub(_without, text)


def _without(found: re.Match[str]) -> str:
    return found[0] if _STATUS.fullmatch(found[0]) else "0"
