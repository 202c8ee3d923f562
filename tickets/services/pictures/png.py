from .broken import Broken, piece

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
    | {b"acTL", b"fcTL", b"fdAT"}  # of an animation
)


def strip_png(data: bytes) -> bytes:
    kept = [SIGNATURE]
    at = len(SIGNATURE)
    while True:
        length = int.from_bytes(piece(data, at, 4), "big")
        kind = piece(data, at + 4, 4)
        chunk = piece(data, at, length + 12)
        if len(kept) == 1 and kind != b"IHDR":
            raise Broken("a PNG begins with its size")
        if kind in KEPT:
            kept.append(chunk)
        if kind == b"IEND":
            return b"".join(kept)  # nothing that hangs behind the picture
        at += length + 12
