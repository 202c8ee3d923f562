import struct

from .broken import Broken, piece

START, END, SCAN, COMMENT, JFIF, EXIF, ADOBE = 0xD8, 0xD9, 0xDA, 0xFE, 0xE0, 0xE1, 0xEE
RESTARTS = range(0xD0, 0xD8)
APPLICATIONS = range(0xE0, 0xF0)
ORIENTATION = 0x0112


def strip_jpeg(data: bytes) -> bytes:
    kept = [b"\xff\xd8"]
    at = 2
    while True:
        marker, at = _marker(data, at)
        if marker == END:
            return b"".join([*kept, b"\xff\xd9"])  # phones hang films and second pictures behind it
        segment = piece(data, at, int.from_bytes(piece(data, at, 2), "big"))
        if len(segment) < 2:
            raise Broken("a part of the JPEG has no length")
        at += len(segment)
        if marker == EXIF and (turned := _turned(segment[2:])):
            kept.append(_exif(turned))
        elif _draws(marker, segment):
            kept.append(bytes((0xFF, marker)) + segment)
        if marker == SCAN:
            end = _end_of_scan(data, at)
            kept.append(data[at:end])
            at = end


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at this place, and where it ends; it may be padded with further FF."""
    if data[at] != 0xFF:
        raise Broken("a part of the JPEG does not begin with a marker")
    while data[at] == 0xFF:
        at += 1
    return data[at], at + 1


def _draws(marker: int, segment: bytes) -> bool:
    """Whether the segment is needed to draw: tables, frame and scan headers, and the two that tell the colours."""
    if marker == COMMENT:
        return False
    if marker in APPLICATIONS:
        return marker == ADOBE or (marker == JFIF and segment[2:7] == b"JFIF\0" and segment[14:16] == b"\0\0")
    return True


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: in the picture data an FF is followed by 0 or by a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Broken("the JPEG ends too early")
        if data[at + 1] not in (0x00, 0xFF) and data[at + 1] not in RESTARTS:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _turned(exif: bytes) -> int:
    """How the camera was held (2 to 8); 0 where it was upright or nothing says."""
    if exif[:6] != b"Exif\0\0" or exif[6:8] not in (b"II", b"MM"):
        return 0
    order = "<" if exif[6:8] == b"II" else ">"
    tiff = exif[6:]
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for entry in range(min(count, 200)):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + entry * 12)
            if tag == ORIENTATION:
                return value if 2 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _exif(turned: int) -> bytes:
    """A segment that says only how the picture is turned."""
    body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
