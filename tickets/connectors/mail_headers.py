"""Headers of a mail, read leniently: whatever stands there comes out as text, and nothing raises."""

import base64
import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from email.utils import parseaddr

from triage.engine.decode import decode

Headers = dict[str, tuple[str, ...]]  # by name in small letters, as written, unfolded

MOST_BYTES = 128 * 1024
MOST_HEADERS = 500
_END = re.compile(rb"\r?\n\r?\n|\r\n?\r\n?")
_FOLD = re.compile(rb"(?:\r\n?|\n)[ \t]+")
_LINE_END = re.compile(rb"\r\n?|\n")
_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[ \t]*(.*)", re.DOTALL)
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]{1,200}@[^\s<>,;:\"()\[\]]{1,200}")
_ID = re.compile(r"<([^<>]{1,1000})>")
_AS_GB18030 = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936", "euc-cn", "hz-gb-2312"})
_NO_CHARSET = frozenset({"", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "default", "iso-8859-1"})
_NOT_FOR_MAIL = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})


def headers_of(raw: bytes) -> Headers:
    """The header block at the top of a mail."""
    end = _END.search(raw, 0, MOST_BYTES)
    block = _FOLD.sub(b" ", raw[: end.start() if end else MOST_BYTES])
    found: dict[str, list[str]] = {}
    for line in _LINE_END.split(block)[:MOST_HEADERS]:
        named = _NAME.fullmatch(line)
        if named:
            found.setdefault(named[1].decode("ascii").lower(), []).append(_one_line(text_of(named[2])))
    return {name: tuple(values) for name, values in found.items()}


def text_of(raw: bytes, charset: str = "") -> str:
    """Decode as declared where that is possible, else as what it looks like."""
    name = charset.strip().strip("\"'").lower()
    if name in _AS_GB18030:
        name = "gb18030"  # the larger set: mail programs call everything Chinese gb2312
    if name not in _NO_CHARSET and name.isascii():
        try:
            if codecs.lookup(name).name.replace("-", "_") not in _NOT_FOR_MAIL:
                return raw.decode(name)
        except (LookupError, ValueError, TypeError):
            pass
    if name == "iso-8859-1" and not raw.isascii():
        return _latin_unless_better(raw)
    return decode(raw).text


def decoded(value: str) -> str:
    """A header value with its encoded words (RFC 2047) read; what cannot be read stays as it is."""
    pieces: list[tuple[str, bytes | str]] = []
    at = 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        if between and not (between.isspace() and pieces and isinstance(pieces[-1][1], bytes)):
            pieces.append(("", between))
        charset, content = word[1].partition("*")[0].lower(), _content(word[2], word[3])
        last = pieces[-1] if pieces else ("", "")
        if isinstance(last[1], bytes) and last[0] == charset:
            pieces[-1] = (charset, last[1] + content)  # a character may be cut in two between words
        else:
            pieces.append((charset, content))
        at = word.end()
    pieces.append(("", value[at:]))
    return _one_line(
        "".join(text_of(part, name) if isinstance(part, bytes) else part for name, part in pieces)
    )


def first(headers: Headers, name: str) -> str:
    return headers.get(name, ("",))[0]


def address_in(value: str) -> tuple[str, str]:
    """The display name and the address in small letters, both empty where there is none."""
    try:
        name, address = parseaddr(value)
    except (ValueError, IndexError, TypeError, AttributeError):
        name, address = "", ""
    if "@" not in address:
        seen = _ADDRESS.search(decoded(value))
        address = seen[0] if seen else ""
    return decoded(name).strip(), address.strip().lower()


def ids_in(value: str) -> Iterator[str]:
    """The message ids in a header, without their brackets; folding may have put blanks into them."""
    for found in _ID.finditer(value):
        if one := "".join(found[1].split()):
            yield one


def _content(encoding: str, word: str) -> bytes:
    raw = word.encode("utf-8", "surrogatepass")
    if encoding in "qQ":
        return quopri.decodestring(raw.replace(b"_", b"=20"))
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def _latin_unless_better(raw: bytes) -> str:
    """Many programs write iso-8859-1 and mean something else."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _one_line(text: str) -> str:
    return _CONTROLS.sub(" ", text).strip()
