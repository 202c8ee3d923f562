"""Pictures keep what draws them and lose what tells of their maker."""

import struct
import zlib

import pytest

from tickets.services.pictures import Broken, picture_type, without_metadata

SECRET = b"48.8584,2.2945 by Mina"


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*extra: bytes) -> bytes:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    drawn = png_chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + drawn + png_chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(turned: int) -> bytes:
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + SECRET


def jpeg(*extra: bytes, behind: bytes = b"") -> bytes:
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    tables = segment(0xDB, b"\0" * 65)
    return b"\xff\xd8" + b"".join(extra) + tables + scan + b"\xff\xd9" + behind


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def gif(*extra: bytes) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0" * 6
    return head + b"".join(extra) + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2\x44\1\0;"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (png(png_chunk(b"tEXt", SECRET), png_chunk(b"eXIf", SECRET)) + SECRET, png()),
        (jpeg(segment(0xE1, exif(1)), segment(0xFE, SECRET), segment(0xE2, SECRET), behind=SECRET), jpeg()),
        (
            webp((b"VP8X", b"\x2c" + b"\0" * 9), (b"VP8L", b"abc"), (b"EXIF", SECRET), (b"XMP ", SECRET)),
            webp((b"VP8X", b"\0" * 10), (b"VP8L", b"abc")),
        ),
        (gif(b"!\xfe" + bytes((len(SECRET),)) + SECRET + b"\0") + SECRET, gif()),
    ],
    ids=["png", "jpeg", "webp", "gif"],
)
def test_what_tells_of_the_maker_goes_and_the_drawing_stays(dirty, clean):
    assert SECRET in dirty
    assert without_metadata(dirty) == clean
    assert without_metadata(clean) == clean


def test_a_photo_stays_turned_as_it_was_taken():
    stripped = without_metadata(jpeg(segment(0xE1, exif(6))))

    assert SECRET not in stripped
    assert stripped.count(b"Exif\0\0") == 1
    assert without_metadata(stripped) == stripped


def test_an_animation_goes_on_looping():
    looping = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"

    assert without_metadata(gif(looping)) == gif(looping)


@pytest.mark.parametrize(
    "whole", [png(), jpeg(), webp((b"VP8L", b"abcd")), gif()], ids=["png", "jpeg", "webp", "gif"]
)
def test_a_picture_that_ends_too_early_is_refused(whole):
    for length in range(12, len(whole) - 1):
        with pytest.raises(Broken):
            without_metadata(whole[:length])


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"", b"RIFF\0\0\0\0WAVE"]
)
def test_other_kinds_are_no_pictures(data):
    assert picture_type(data) == ""
