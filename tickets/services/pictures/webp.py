from .broken import Broken, piece

DRAWING = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
ANIMATED_OR_CLEAR = 0x02 | 0x10  # flags that stay; those for a profile, EXIF and XMP go


def strip_webp(data: bytes) -> bytes:
    end = 8 + int.from_bytes(piece(data, 4, 4), "little")
    kept: list[bytes] = []
    at = 12
    while at + 8 <= min(end, len(data)):
        kind = data[at : at + 4]
        length = int.from_bytes(piece(data, at + 4, 4), "little")
        body = piece(data, at + 8, length)
        if kind == b"VP8X":
            body = bytes((body[0] & ANIMATED_OR_CLEAR,)) + body[1:]
        if kind in DRAWING:
            kept.append(kind + length.to_bytes(4, "little") + body + b"\0" * (length % 2))
        at += 8 + length + length % 2
    if not any(chunk[:4] in (b"VP8 ", b"VP8L", b"ANMF") for chunk in kept):
        raise Broken("the WebP holds no picture")
    drawn = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(drawn).to_bytes(4, "little") + drawn
