"""Lines that a terminal broke, joined again, with a way back: `the request was\n     refused` is one message."""

import re
from collections.abc import Iterator

from .text import Folded

SHORTEST_BROKEN = 56  # terminals break long lines only
_BREAK = re.compile(
    r"(?<=[\w.;:'\"`)\]\\-])\n[ \t]{2,16}(?=[a-z\"'`(\[])(?!at |in |raise |return |file |async |\"[\w.-]{1,40}\" ?:)"
    r"|(?<=[a-z,])\n(?=[a-z]+[ ,.\n])(?!at |in |raise |return |file |async |[\w.-]{1,40} ?[:=])"  # in mails
)


def unwrap(folded: Folded) -> Folded:
    """One blank for each break inside a long line; spans of what is found lead back to the text as written."""
    breaks = list(_breaks(folded.text)) if len(folded.text) > SHORTEST_BROKEN else []
    if not breaks:
        return folded
    pieces: list[str] = []
    starts: list[int] = []
    at = length = 0
    for start, end in breaks:
        pieces += (folded.text[at:start], " ")
        length += start - at
        starts.append(length)
        length += 1
        at = end
    pieces.append(folded.text[at:])
    return Folded(
        "".join(pieces),
        tuple(starts),
        tuple(start + 1 for start in starts),
        tuple(start for start, _ in breaks),
        tuple(end for _, end in breaks),
        below=folded,
    )


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    for found in _BREAK.finditer(text):
        line_start = text.rfind("\n", 0, found.start()) + 1
        if found.start() - line_start >= SHORTEST_BROKEN:
            yield found.span()
