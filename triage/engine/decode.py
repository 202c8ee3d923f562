"""From bytes to characters: byte-order marks, UTF-8, UTF-16, GB18030, and files that are no text at all."""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FILES = (
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"%PDF-", "PDF document"),
    (b"PK\x03\x04", "ZIP archive or Office document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"Rar!", "RAR archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"ID3", "audio file"),
    (b"OggS", "audio file"),
    (b"fLaC", "audio file"),
    (b"\x1aE\xdf\xa3", "video file"),
    (b"SQLite format 3\0", "database"),
)
_SAMPLE = 8192
_CONTROL_BYTES = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.05
_BROKEN_SHARE = 0.1  # of the non-ASCII characters: above it, the text was not UTF-8 in the first place


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes) -> Decoded:
    """Never raises. A binary file becomes one readable line that says what it is; the note is `binary`."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            note = () if encoding == "utf-8-sig" else (f"encoding:{encoding}",)
            return Decoded(raw.decode(encoding, "replace"), note)
    kind = _file_kind(raw)
    if kind:
        return _not_text(kind, raw)
    wide = _utf16_without_mark(raw)
    if wide:
        return Decoded(raw.decode(wide, "replace"), (f"encoding:{wide}",))
    if _looks_binary(raw):
        return _not_text("binary file", raw)
    return _narrow(raw)


def _not_text(kind: str, raw: bytes) -> Decoded:
    return Decoded(f"[{kind}, {len(raw):,} bytes: not text, not shown]", ("binary",))


def _file_kind(raw: bytes) -> str:
    if raw[:4] == b"RIFF" and raw[8:12] in {b"WAVE", b"WEBP", b"AVI "}:
        return {b"WAVE": "audio file", b"WEBP": "WebP image"}.get(raw[8:12], "video file")
    if raw[4:8] == b"ftyp":
        return "video file"
    return next((kind for magic, kind in _FILES if raw.startswith(magic)), "")


def _utf16_without_mark(raw: bytes) -> str:
    """ASCII written as UTF-16 has a zero in every second byte: Windows consoles and PowerShell redirects."""
    sample = raw[:_SAMPLE]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.6 and sample[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _looks_binary(raw: bytes) -> bool:
    sample = raw[:_SAMPLE]
    return len(_CONTROL_BYTES.findall(sample)) > max(8, len(sample) * _BINARY_SHARE)


def _narrow(raw: bytes) -> Decoded:
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        cut_short = error.start >= len(raw) - 3
        mended = raw.decode("utf-8", "replace")
    foreign = len(mended) - len(mended.encode("ascii", "ignore"))
    broken = mended.count("\ufffd")
    if cut_short or broken <= foreign * _BROKEN_SHARE:
        return Decoded(mended, ("encoding:broken",))
    chinese = raw.decode("gb18030", "replace")
    if chinese.count("\ufffd") <= broken * _BROKEN_SHARE:
        return Decoded(chinese, ("encoding:gb18030",))
    return Decoded(mended, ("encoding:broken",))
