"""Error texts come by the thousand with nothing but other numbers and ids in them. So what was found out about one is
remembered by its outline: that there is nothing to mask in it, and its fingerprint.

An outline leaves out only what no finder of secrets looks at: the model's name, short numbers, ids of hexadecimal
digits. A text in which any finder has something to look at is redacted itself, and remembered only as it is, but for
what masks of vendors show.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from string import ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple, cast

from tickets.services.redaction import make_storable
from triage.engine.redact.scan import has_signs
from triage.engine.text import clean

from .fingerprinting import Known, known_of
from .memory import Memory

KEPT = 8_000  # characters of an error; the middle of a longer one is left out
TAIL_KEPT = 2_000
LONGEST_WORD = 12  # of those with digits that are remembered; longer ones hardly come twice

_MODEL, _NUMBER, _ID = "\x00", "\x01", "\x02"  # no text without signs holds one
_INERT = re.compile(
    r"(?<![\w.%&#\\+-])(?:(?:req|org|msg|resp|chatcmpl|call|task|log)[_-])?"
    r"(?=[0-9]*[a-f])[0-9a-f]{16,40}(?![\w.:-])"
    r"|(?<![\w.:/%&#\\+-])(?!(?:4[0-59]|5[0-3])\d\b)\d{1,6}(?=(?:ms|s)?[.,:;]?(?:[^\w.:/%@-]|$))"
)
# A mask that a vendor made. What it shows is never looked at, but a digit may go with those behind it.
_MASK = re.compile(r"(?<![\w*…-])(?:sk-[A-Za-z0-9]{0,8})?(?:\*{4,60}|…)[A-Za-z0-9]{4}(?![\w*…=+/-])")
_SHAPES = str.maketrans(
    {
        **dict.fromkeys(digits, "0"),
        **dict.fromkeys(ascii_lowercase, "a"),
        **dict.fromkeys(ascii_uppercase, "A"),
    }
)
_HAS_DIGIT = re.compile(r"\d")
_PLAIN_MODEL = re.compile(r"[A-Za-z][\w.:/-]{2,}")
_LONG_NUMBER = re.compile(r"\d{5}")


class Read(NamedTuple):
    """A safe text, with the fingerprint of its error."""

    text: str
    known: Known


_words: Memory[str, str] = Memory(20_000)
_harmless: Memory[str, Known] = Memory(10_000)
_redacted: Memory[bytes, Read] = Memory(5_000)
_left_alone: Memory[bytes, Known] = Memory(5_000)


def read_text(raw: str, model: str) -> Read:
    """Equal for equal texts, whatever is remembered."""
    if len(raw) > KEPT:
        return _looked_at(raw, model)
    outline = _outline(raw, model)
    if known := _harmless.get(outline):
        return Read(raw, known)
    named = model if model in raw else ""
    alike = _digest(named, _with_masks_alike(raw))
    if known := _left_alone.get(alike):
        return Read(raw, known)
    exact = _digest(named, raw)
    read = _redacted.get(exact)
    if read is None:
        read = _looked_at(raw, model)
        if read.text != raw:
            _redacted.add(exact, read)
        elif _is_harmless(raw, outline):
            _harmless.add(outline, read.known)
        else:
            _left_alone.add(alike, read.known)
    return read


def _digest(named: str, text: str) -> bytes:
    return blake2b(f"{named}\0{text}".encode("utf-8", "replace"), digest_size=16).digest()


def _with_masks_alike(text: str) -> str:
    if "***" not in text and "…" not in text:
        return text
    return " ".join(
        [_MASK.sub(_shape, word) if "***" in word or "…" in word else word for word in text.split(" ")]
    )


def _shape(mask: re.Match[str]) -> str:
    return mask[0].translate(_SHAPES)


def _looked_at(raw: str, model: str) -> Read:
    text = _shortened(make_storable(raw).text)
    return Read(text, known_of(text, model))


def _is_harmless(text: str, outline: str) -> bool:
    """Short numbers in a row may be a telephone number: what holds for one row of them need not hold for another."""
    in_a_row = f"{_NUMBER} {_NUMBER}" in outline
    return not in_a_row and not has_signs(text) and clean(text).text == text


def _outline(text: str, model: str) -> str:
    if _is_plain(model):
        text = text.replace(model, _MODEL)
    words = text.split(" ")
    pieces = cast(list[str], list(map(_words.get, words)))
    if None in pieces:
        pieces = [
            piece if piece is not None else _piece(word) for word, piece in zip(words, pieces, strict=True)
        ]
    return " ".join(pieces)


def _piece(word: str) -> str:
    piece = _INERT.sub(_inert, word) if _HAS_DIGIT.search(word) else word
    if len(word) <= LONGEST_WORD or (piece == word and len(word) < 60):
        _words.add(word, piece)
    return piece


def _inert(found: re.Match[str]) -> str:
    return _NUMBER * len(found[0]) if found[0].isdecimal() else _ID


@lru_cache(maxsize=5_000)
def _is_plain(model: str) -> bool:
    """Its name may be left out of outlines: there is nothing in it that a finder would look at."""
    plain = _PLAIN_MODEL.fullmatch(model) and not _LONG_NUMBER.search(model)
    return bool(plain) and not has_signs(model)


def _shortened(text: str) -> str:
    if len(text) <= KEPT:
        return text
    head, tail = text[: KEPT - TAIL_KEPT - 60], text[-TAIL_KEPT:]
    return f"{head}\n[… {len(text) - len(head) - len(tail):,} characters left out …]\n{tail}"
