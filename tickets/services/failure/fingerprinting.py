"""The error fingerprint of a failure: the same as that of a ticket with this error.

Reading a text takes the engine some hundred microseconds, and errors come by the thousand with nothing but other
numbers and ids in them. So what was read is remembered by the text without those.
"""

import hashlib
import re
import threading
from typing import NamedTuple

from triage.engine.extract import extract
from triage.engine.fingerprint import fingerprint

from .reading import FailureRow

REMEMBERED = 20_000  # skeletons
_WORDS_REMEMBERED = 50_000
_HAS_DIGIT = re.compile(r"[0-9]")
_STATUS = re.compile(r"[1-5]\d\d")
_ID = re.compile(r"(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{12,}|\d+(?:[.,:]\d+)*")
_MODEL = "\x00"  # no text holds one


class Known(NamedTuple):
    """`value` as a ticket's fingerprint, and the normalised `words` that it stands for."""

    value: str
    words: str


_known: dict[bytes, Known] = {}
_bare: dict[str, str] = {}
_lock = threading.Lock()


def fingerprint_of(row: FailureRow) -> Known:
    """`row` is safe already. Without an error text, its type, code and status are what it says."""
    text = row.raw_error or " ".join(
        filter(None, (row.error_type, row.error_code, str(row.http_status or "")))
    )
    key = _key(text, row.model)
    found = _known.get(key)
    if found is None:
        found = _read(text, row.model)
        with _lock:
            if len(_known) >= REMEMBERED:
                _known.pop(next(iter(_known)))
            _known[key] = found
    return found


def skeleton(text: str, model: str) -> str:
    """The text without its numbers and ids, and with its model's name alike for all models. A number that may be
    a status stays: a short message is told apart by it.
    """
    if len(model) > 2:
        text = text.replace(model, _MODEL)
    bare = _bare
    pieces = []
    for word in text.split(" "):
        piece = bare.get(word)
        if piece is None:
            piece = _remember(word)
        pieces.append(piece)
    return " ".join(pieces)


def _key(text: str, model: str) -> bytes:
    return hashlib.blake2b(skeleton(text, model).encode("utf-8", "replace"), digest_size=16).digest()


def _remember(word: str) -> str:
    piece = _ID.sub(_shape, word) if _HAS_DIGIT.search(word) else word
    if len(word) <= 200:
        with _lock:
            if len(_bare) >= _WORDS_REMEMBERED:
                _bare.clear()
            _bare[word] = piece
    return piece


def _shape(found: re.Match[str]) -> str:
    return found[0] if _STATUS.fullmatch(found[0]) else "0"


def _read(text: str, model: str) -> Known:
    read = fingerprint(extract(text).with_known({"model": model}), text)
    return Known(read.value, read.normalised)
