"""The body of a report into rows: gzip or plain, a JSON array or one JSON object a line."""

import json
import zlib

from .reading import BadRow

MOST_ROWS = 10_000
MOST_BYTES = 32 * 1024 * 1024  # unpacked
GZIP = b"\x1f\x8b"
_AT_ONCE = 1024 * 1024


class TooLarge(ValueError):
    """More than one call may bring; the message says how much that is."""


class BadBody(ValueError):
    """Nothing of the body can be read; the message says why."""


def unpacked(body: bytes) -> bytes:
    """The body without gzip. Never holds more than MOST_BYTES, however much would come out."""
    if not body.startswith(GZIP):
        if len(body) > MOST_BYTES:
            raise TooLarge(_too_many_bytes())
        return body
    pieces: list[bytes] = []
    room = MOST_BYTES
    while body:  # a file may be several, one behind the other
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                piece = member.decompress(body, min(_AT_ONCE, room + 1))
            except zlib.error as problem:
                raise BadBody("The body begins like gzip, but cannot be unpacked.") from problem
            room -= len(piece)
            if room < 0:
                raise TooLarge(_too_many_bytes())
            if not piece and not member.unconsumed_tail and not member.eof:
                raise BadBody("The body ends in the middle of its gzip.")
            pieces.append(piece)
            body = member.unconsumed_tail
        body = member.unused_data
    return b"".join(pieces)


def parsed(body: bytes) -> list[object]:
    """The rows in their order; in the place of a line that is no JSON stands a BadRow. Blank lines are no rows."""
    text = body.decode("utf-8-sig", "replace").strip()
    if not text:
        raise BadBody("The body is empty.")
    rows = _array(text) if text.startswith("[") else _lines(text)
    if len(rows) > MOST_ROWS:
        raise TooLarge(f"A call may bring up to {MOST_ROWS:,} rows; this one has {len(rows):,}.")
    return rows


def _array(text: str) -> list[object]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadBody("The body is neither a JSON array nor one JSON object a line.") from problem
    return list(rows)


def _lines(text: str) -> list[object]:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_ROWS:  # before they are parsed
        raise TooLarge(f"A call may bring up to {MOST_ROWS:,} rows; this one has {len(lines):,}.")
    return [_line(line) for line in lines]


def _line(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return BadRow("This line is no JSON.")


def _too_many_bytes() -> str:
    return f"A call may bring up to {MOST_BYTES // 1024 // 1024} MB, unpacked. Send fewer rows at once."
