"""Values of headers: `Authorization` with and without a scheme, signed requests, cookies."""

import re
from collections.abc import Iterator

from .hit import Hit, Rank
from .judge import is_masked, is_placeholder, looks_like_key
from .value import LONGEST_VALUE, Value, read_line, read_value, rest_of

SCHEME = re.compile(
    r"(bearer|basic|key|token|apikey|api-key|digest|negotiate|hmac|sso-key|bot|dpop|jwt|qbox|qs)"
    r"(?:[ \t:]+|%20|\+|\\u0020)+",
    re.IGNORECASE,
)
_SCHEMES = frozenset({"bearer", "basic", "token", "key"})
_SIGNED = re.compile(
    r"(?:Signature|Credential|response|SecurityToken)=\"?([^,\s\"'&]{6,2048})", re.IGNORECASE
)
_LONGEST_SIGNED = 640
_BRACKETED = re.compile(r"<[^<>\n]{1,80}>|\{[^{}\n]{1,80}\}|\[[A-Za-z _\-]{1,80}\]")
_FIRST_WORD = re.compile(r"[^\s,;]+")
_FIRST_BARE_WORD = re.compile(r"""[^\s,;"'`\\]*""")

_COOKIE = re.compile(r"([^=;,\s\"']{1,256})=([^;\"'\s]{1,4096})")
_COOKIE_ATTRIBUTES = frozenset({"path", "domain", "expires", "max-age", "samesite", "version", "priority"})
_LIST_START = re.compile(r"[\s\\]*[\[{]")
_LONGEST_LIST = 20_000
_MEMBER = re.compile(r"""\\*["']([\w.\-]{1,128})\\*["']\s{0,4}:\s{0,4}(\\*["'])""")
_COOKIE_FIELDS = frozenset({"name", "path", "domain", "expires", "samesite", "comment"})


def authorization(text: str, position: int) -> Iterator[Hit]:
    value = read_line(text, position, _LONGEST_SIGNED)
    if value.text.lower() in _SCHEMES:
        return  # the key stands on the next line, and its scheme announces it
    signed = list(_SIGNED.finditer(text, value.start, min(value.end, value.start + _LONGEST_SIGNED)))
    if not signed:
        yield from _credentials(text, value)
    for match in signed:
        if not is_masked(match[1]):
            yield Hit("signature", match.start(1), match.end(1), Rank.WHOLE)


def _credentials(text: str, value: Value) -> Iterator[Hit]:
    scheme = SCHEME.match(text, value.start, value.end)
    start = scheme.end() if scheme else value.start
    first = _FIRST_WORD.match(text, start, value.end)
    if first is None or _BRACKETED.match(text, start) or is_placeholder(first[0]):
        return
    end = value.end if value.quoted else _end_of_word(text, start)
    word = text[start:end]
    if is_masked(word) or is_placeholder(word) or not word[0].isascii():
        return
    if scheme and scheme[1].lower() == "basic":
        yield Hit("basic_auth", start, end, Rank.WHOLE, shown="…")
    elif scheme or looks_like_key("".join(word.split())):
        yield Hit("api_key", start, end, Rank.LABELLED)


def _end_of_word(text: str, start: int) -> int:
    word = _FIRST_BARE_WORD.match(text, start, start + LONGEST_VALUE)
    return word.end() if word else start


def cookies(text: str, position: int) -> tuple[list[Hit], int]:
    """Every value, and how far the cookies go. Their names stay: they tell which site and proxy set them."""
    opening = _LIST_START.match(text, position)
    if opening:
        return _listed_cookies(text, opening.end())
    value = read_line(text, position, LONGEST_VALUE)
    found = [
        Hit("cookie", match.start(2), match.end(2), Rank.WHOLE, shown="…")
        for match in _COOKIE.finditer(text, value.start, value.end)
        if match[1].lower() not in _COOKIE_ATTRIBUTES and not is_masked(match[2])
    ]
    return found, value.end


def _listed_cookies(text: str, position: int) -> tuple[list[Hit], int]:
    """`{"session": "…"}` of a client, `[{"name": "session", "value": "…"}]` of a HAR file."""
    closing = text.find("]" if text[position - 1] == "[" else "}", position, position + _LONGEST_LIST)
    end = closing if closing > 0 else min(len(text), position + _LONGEST_LIST)
    found = []
    for match in _MEMBER.finditer(text, position, end):
        value = read_value(text, match.start(2))
        if match[1].lower() not in _COOKIE_FIELDS and value.text and not is_masked(value.text):
            found.append(Hit("cookie", value.start, rest_of(text, value), Rank.WHOLE, shown="…"))
    return found, end
