from .broken import Broken, piece

EXTENSION, IMAGE, END = 0x21, 0x2C, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPING = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def strip_gif(data: bytes) -> bytes:
    at = 13 + _table(data[10])
    kept = [piece(data, 0, at)]
    while True:
        kind = data[at]
        if kind == END:
            return b"".join([*kept, b";"])
        if kind == IMAGE:
            start = at
            at += 10 + _table(data[at + 9]) + 1  # the descriptor, its colours, the size of a code
            at = _after_blocks(data, at)
            kept.append(piece(data, start, at - start))
        elif kind == EXTENSION:
            end = _after_blocks(data, at + 2)
            label = data[at + 1]
            if label == CONTROL or (label == APPLICATION and data[at + 3 : at + 14] in LOOPING):
                kept.append(piece(data, at, end - at))
            at = end
        else:
            raise Broken("a part of the GIF is of no known kind")


def _table(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
