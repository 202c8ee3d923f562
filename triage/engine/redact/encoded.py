"""One layer of base64 around a secret: a Kubernetes secret, a header that was encoded before."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator

from .hit import Hit, Rank
from .pattern import compiled

# Base64 of printable ASCII gives itself away: in each group of four, the first three characters come from
# small sets, as the top bits of every byte are known. Five such groups in a row are hardly ever chance.
_GROUP = r"[I-Za-f][C-HS-Xi-nyz0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_\-]"
PATTERN = rf"(?:{_GROUP}){{5}}"
_COMPILED = compiled(rf"{PATTERN}[A-Za-z0-9+/_\-]*(?:=|%3[dD]){{0,2}}")
_LONGEST = 16_384
_TEXT = re.compile(rb"[\t\n\r\x20-\x7e]+")


def find_encoded(text: str, find: Callable[[str], list[Hit]]) -> Iterator[Hit]:
    for match in _COMPILED.finditer(text):
        decoded = _decoded(match[0])
        inner = find(decoded) if decoded else []
        if decoded and inner:
            best = min(inner, key=lambda hit: (hit.rank, hit.start - hit.end))
            secret = best.secret or decoded[best.start : best.end]
            start, end = match.span()
            yield Hit(best.kind, start, end, Rank.DECODED, secret=secret)


def _decoded(word: str) -> str:
    """Empty unless the word is base64 of printable ASCII."""
    bare = word.split("%", 1)[0].rstrip("=")
    if len(bare) > _LONGEST or len(bare) % 4 == 1:
        return ""
    padded = bare + "=" * (-len(bare) % 4)
    try:
        data = base64.b64decode(padded, altchars=b"-_" if "-" in bare or "_" in bare else None)
    except (binascii.Error, ValueError):
        return ""
    return data.decode("ascii") if _TEXT.fullmatch(data) else ""
