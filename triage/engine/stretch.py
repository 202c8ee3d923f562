"""What several error texts have in common, word for word: the string that all who meet the error can search for."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from .scrub import GAP

SHORTEST, LONGEST = 8, 200
MOST_TEXTS = 8
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_PARTED = re.compile(rf"[\n\r\"\\\\{GAP}]+")  # a quote may be escaped in one place and not in another
_EDGES = " \t,;:，；：-–—`'{[=<>"


def shared_stretch(texts: Sequence[str]) -> str:
    """The longest run of words without a gap, quote or line break that stands in every text; else empty.

    Time grows with the square of the longest line; texts are cut at LONGEST characters a line.
    """
    if not texts:
        return ""
    first, *others = texts[:MOST_TEXTS]
    found = [_reduced(piece, others) for piece in pieces_of(first)]
    best = max(found, key=len, default="")
    return best if len(best) >= SHORTEST else ""


def pieces_of(text: str) -> list[str]:
    return [piece[:LONGEST].strip(_EDGES) for piece in _PARTED.split(text) if piece.strip()]


def _reduced(piece: str, others: Sequence[str]) -> str:
    for other in others:
        piece = max((_common(piece, each) for each in pieces_of(other)), key=len, default="")
        if len(piece) < SHORTEST:
            return ""
    return piece


def _common(one: str, other: str) -> str:
    if one in other:
        return one
    mine, theirs = _TOKENS.findall(one), _TOKENS.findall(other)
    match = SequenceMatcher(None, mine, theirs, autojunk=False).find_longest_match()
    return "".join(mine[match.a : match.a + match.size]).strip(_EDGES)
