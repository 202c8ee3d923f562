"""Long stretches: private keys in PEM, and huge base64 data, of which a few characters are enough."""

import re
from collections.abc import Iterator

from .hit import Hit, Rank
from .pattern import compiled

PEM_PATTERN = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_PEM = compiled(PEM_PATTERN)
_PEM_BODY = re.compile(r"(?:[A-Za-z0-9+/=\s,:>|]|\\+[nrt]|\\+u00[0-9a-fA-F]{2}|-(?!----)){1,16384}")

_HUGE = 1024
BLOB_PATTERN = r"[A-Za-z0-9+/_\-]{64}"
_BLOB = re.compile(rf"(?<![A-Za-z0-9+/_\-])[A-Za-z0-9+/_\-]{{{_HUGE},}}={{0,2}}")
_BLOB_HEAD = 24


def find_private_keys(text: str) -> Iterator[Hit]:
    for match in _PEM.finditer(text):
        body = _PEM_BODY.match(text, match.end())
        if body and re.search(r"[A-Za-z0-9+/]{8}", body[0]):
            yield Hit("private_key", match.end(), body.end(), Rank.WHOLE, shown="…", secret=body[0])


def find_blobs(text: str) -> Iterator[Hit]:
    """Pictures and files inside a request: the first characters tell the format."""
    for match in _BLOB.finditer(text):
        start, end = match.span()
        shown = f"{text[start : start + _BLOB_HEAD]}…({end - start} characters)"
        yield Hit("blob", start, end, Rank.WHOLE, shown=shown)
