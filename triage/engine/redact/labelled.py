"""Secrets that only their name gives away: `api_key="…"`, `Authorization: …`, `密钥：…`, `{"name": "Cookie", "value": "…"}`."""

import re
from collections.abc import Iterator

from .hit import Hit, Rank
from .judge import is_digest, is_identifier, is_masked, is_placeholder, is_uuid, looks_like_key, looks_random
from .names import Announces, announces, find_names
from .value import Value, read_value

_TIGHT = re.compile(r"""\\*["'`”’]?[)\]]?[ \t]*(?:[:：]=?|=>|={1,2}|＝|->|(?<=[A-Za-z])>(?=[^\s<]))[ \t]*""")
_PAIR = re.compile(r"""\\*["']?\s{0,40}[,\s]\s{0,40}\\*["']?value\\*["']?\s{0,8}[:=]\s{0,8}""", re.IGNORECASE)
_TUPLE = re.compile(r"""\\*["']\s{0,8},\s{0,40}(?=[bf]?\\*["'])""")
_LOOSE = re.compile(r"[ \t]{0,4}(?:是|为|is|was|are|\|)?[ \t:：]{0,8}[\"'`“‘「]?", re.IGNORECASE)
_SCHEME = re.compile(
    r"(bearer|basic|key|token|apikey|api-key|digest|negotiate|hmac|sso-key|bot|dpop|jwt|qbox|qs)(?:[ \t:]+|%20|\+|\\u0020)+",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:Signature|Credential|response|SecurityToken)=\"?([^,\s\"'&]{6,2048})", re.IGNORECASE
)
_COOKIE = re.compile(r"([^=;,\s\"']{1,256})=([^;\"'\s]{1,4096})")
_COOKIE_ATTRIBUTES = frozenset("path domain expires max-age samesite version comment priority".split())
_FIRST_WORD = re.compile(r"\S+")
_NEAR_WINDOW = 56
_NEAR_WORD = re.compile(r"(?<![A-Za-z0-9+/=_\-.])[A-Za-z0-9][A-Za-z0-9+/=_\-.]{14,199}")
_ID_LABEL = re.compile(
    r"(?:id|ids|号|编号|标识|hash|trace|span|commit|sha\d*|digest|etag|ray|md5|checksum|request|version|model|模型|endpoint"
    r"|url|host|deployment|name|file|branch|user|account|task|任务|请求)[\s\"'`:：=(（#\\]{0,6}$",
    re.IGNORECASE,
)
_ANY_LABEL = re.compile(r"[A-Za-z_][\w\-]*\\*[\"']?\s*[:=：]\s*\\*[\"']?$")
_PART_OF_DATA = re.compile(r"[,;{}\n\"']")
_VENDOR_OF_UUID_KEYS = re.compile(r"ark|volc|火山|方舟|sambanova|leonardo|bfl|heygen|heroku", re.IGNORECASE)


def find_labelled(text: str) -> Iterator[Hit]:
    for start, end in find_names(text):
        kind = announces(text, start, end)
        if kind is not None:
            yield from _after(text, start, end, kind)


def _after(text: str, start: int, end: int, kind: Announces) -> Iterator[Hit]:
    sure = _TIGHT.match(text, end) or _PAIR.match(text, end) or _TUPLE.match(text, end)
    found = list(_sure(text, sure.end(), kind)) if sure else []
    yield from found or _loose(text, start, end, kind)


def _sure(text: str, position: int, kind: Announces) -> Iterator[Hit]:
    """What stands behind a name and a sign: the sign says that this is the value."""
    if kind is Announces.COOKIE:
        yield from _cookies(text, position)
    elif kind is Announces.HEADER:
        yield from _header(text, read_value(text, position, to_line_end=True))
    else:
        value = read_value(text, position, stops="&#" if kind is Announces.QUERY else "")
        yield from _plain(text, value, kind)


def _plain(text: str, value: Value, kind: Announces) -> Iterator[Hit]:
    word = value.text
    scheme = _SCHEME.match(word)
    start = value.start + (scheme.end() if scheme else 0)
    word = text[start : value.end]
    if not word or is_masked(word) or is_placeholder(word):
        return
    if kind is Announces.PASSWORD:
        if _is_password(word, quoted=value.quoted):
            yield Hit("password", start, value.end, Rank.WHOLE, shown="…")
    elif _is_announced(word, kind, quoted=value.quoted):
        yield Hit(
            "signature" if kind is Announces.QUERY and _is_hex(word) else "api_key",
            start,
            value.end,
            Rank.LABELLED,
        )


def _is_hex(word: str) -> bool:
    return re.fullmatch(r"[0-9a-fA-F]{64,}", word) is not None


def _is_password(word: str, *, quoted: bool) -> bool:
    if not word[0].isascii() or word[0] in "([{":
        return False
    return quoted or not word.rstrip(".!?").isalpha() or len(word) >= 12


def _is_announced(word: str, kind: Announces, *, quoted: bool) -> bool:
    compact = "".join(word.split())
    if kind is Announces.QUERY:
        return len(compact) >= 4
    if kind is Announces.WEAK:
        return (
            looks_random(compact, 16)
            and looks_like_key(compact)
            and not (is_uuid(compact) or is_digest(compact))
        )
    if len(compact) != len(word) and not all(looks_random(part, 4) for part in word.split()):
        return False
    return looks_like_key(compact)


def _header(text: str, value: Value) -> Iterator[Hit]:
    signed = list(_SIGNED.finditer(text, value.start, value.end))
    if signed:
        yield from (
            Hit("signature", *match.span(1), Rank.WHOLE) for match in signed if not is_masked(match[1])
        )
        return
    scheme = _SCHEME.match(text, value.start, value.end)
    start = scheme.end() if scheme else value.start
    end = value.end
    first = _FIRST_WORD.match(text, start, end)
    if first is None:
        return
    if not value.quoted:
        end = first.end()
    word = text[start:end]
    if is_masked(word) or is_placeholder(word) or is_placeholder(first[0]):
        return
    if scheme and scheme[1].lower() == "basic":
        yield Hit("basic_auth", start, end, Rank.WHOLE, shown="…")
    elif word[0].isascii() and (scheme or looks_like_key("".join(word.split()))):
        yield Hit("api_key", start, end, Rank.LABELLED)


def _cookies(text: str, position: int) -> Iterator[Hit]:
    """Every value; the names stay, as they tell which site and which proxy set them."""
    opening = re.compile(r"[\s\\]*[\[{]").match(text, position)
    if opening:
        yield from _cookie_objects(text, opening.end())
        return
    value = read_value(text, position, to_line_end=True)
    for match in _COOKIE.finditer(text, value.start, value.end):
        if match[1].lower() not in _COOKIE_ATTRIBUTES and not is_masked(match[2]):
            yield Hit("cookie", *match.span(2), Rank.WHOLE, shown="…")


_OBJECT_END = re.compile(r"[\]}]\s*[,\]}]|\Z")
_OBJECT_VALUE = re.compile(r"""\\*["']([\w.\-]{1,128})\\*["']\s{0,4}:\s{0,4}(\\*["'])""")
_HAR_NAMES = frozenset("name path domain expires httponly secure samesite sameSite httpOnly comment".split())


def _cookie_objects(text: str, position: int) -> Iterator[Hit]:
    end = min(len(text), position + 20_000)
    closing = text.find("]" if text[position - 1] == "[" else "}", position, end)
    end = closing if closing > 0 else end
    for match in _OBJECT_VALUE.finditer(text, position, end):
        value = read_value(text, match.start(2))
        if match[1] not in _HAR_NAMES and value.text and not is_masked(value.text):
            yield Hit("cookie", value.start, value.end, Rank.WHOLE, shown="…")


def _loose(text: str, start: int, end: int, kind: Announces) -> Iterator[Hit]:
    """`my key is …`, `密钥…不行`, `--token …`, `API key (old) …`: only what cannot be a word of the sentence."""
    position = _position_after(text, end)
    if kind is Announces.PASSWORD:
        value = read_value(text, position)
        if (
            position > end
            and re.search(r"\d|[!@#$%^&*]", value.text)
            and len(value.text) >= 6
            and value.text[0].isascii()
        ):
            yield Hit("password", value.start, value.end, Rank.WHOLE, shown="…")
    elif kind is Announces.HEADER:
        value = read_value(text, position)
        if looks_like_key(value.text) and (looks_random(value.text) or len(value.text) >= 20):
            yield Hit("api_key", value.start, value.end, Rank.LABELLED)
    elif kind in (Announces.SECRET, Announces.QUERY):
        yield from _near(text, start, end)


def _position_after(text: str, end: int) -> int:
    gap = _LOOSE.match(text, end)
    return gap.end() if gap else end


def _near(text: str, start: int, end: int) -> Iterator[Hit]:
    for match in _NEAR_WORD.finditer(text, end, min(len(text), end + _NEAR_WINDOW)):
        whole = _NEAR_WORD.match(text, match.start())
        word = (whole or match)[0].rstrip(".=-_")
        if not (looks_random(word, 16) and looks_like_key(word)) or _is_named_otherwise(
            text, end, match.start()
        ):
            continue
        if is_uuid(word) and not (
            match.start() == _position_after(text, end) or _VENDOR_OF_UUID_KEYS.search(text, max(0, start - 80), end)
        ):
            continue
        if is_uuid(word) or not is_identifier(word):
            yield Hit("api_key", match.start(), match.start() + len(word), Rank.NEAR)
            return


def _is_named_otherwise(text: str, end: int, word_start: int) -> bool:
    """`Invalid API key. trace_id: …`: the word behind has a name of its own."""
    between = text[end:word_start]
    return bool(_ID_LABEL.search(between) or (_PART_OF_DATA.search(between) and _ANY_LABEL.search(between)))
