"""Secrets that only a name in front of them gives away: `api_key="…"`, `Authorization: …`, `密钥：…`."""

import re
from collections.abc import Iterator

from .header import SCHEME, authorization, cookies
from .hit import Hit, Rank
from .judge import is_digest, is_identifier, is_masked, is_placeholder, is_uuid, looks_like_key, looks_random
from .names import Announces, announces, find_names
from .signs import FLAG, FOLLOWED, LINE_BREAK, LIST, NEAR, NEAR_WORD, PAIR, PART_OF_NAME, SIGN, after_loose
from .value import Value, read_value, rest_of

_MIXED = re.compile(r"\d|[!@#$%^&*]")
_LONG_HEX = re.compile(r"[0-9a-fA-F]{64,}")
_ID_LABEL = re.compile(
    r"(?:id|ids|号|编号|标识|hash|trace|span|commit|sha\d*|digest|etag|ray|md5|checksum|request|version|model|模型"
    r"|endpoint|url|host|deployment|name|file|branch|user|account|task|任务|请求)[\s\"'`:：=(（#\\]{0,6}$",
    re.IGNORECASE,
)
_ANY_LABEL = re.compile(r"[A-Za-z_][\w\-]*\\*[\"']?\s*[:=：]\s*\\*[\"']?$")
_PART_OF_DATA = re.compile(r"[,;{}\n\"']")
_VENDOR_OF_UUID_KEYS = re.compile(r"ark|volc|火山|方舟|sambanova|leonardo|bfl|heygen|heroku", re.IGNORECASE)


def find_labelled(text: str) -> Iterator[Hit]:
    done = 0  # names inside a value that was read already announce nothing more
    for start, end in sorted(find_names(text)):
        kind = announces(text, start, end) if end > done and FOLLOWED.match(text, end) else None
        if kind is not None:
            hits, reach = _after(text, start, end, kind)
            done = max(done, reach)
            yield from hits


def _after(text: str, start: int, end: int, kind: Announces) -> tuple[list[Hit], int]:
    flag = FLAG.match(text, end) if text.startswith("--", start) else None
    sign = flag or SIGN.match(text, end) or PAIR.match(text, end)
    listed = None if sign else LIST.match(text, end)
    if sign and kind is Announces.COOKIE:
        return cookies(text, sign.end())
    found: list[Hit] = []
    if sign:
        found = list(_behind_sign(text, sign.end(), kind))
    elif listed and kind is Announces.HEADER:
        found = list(authorization(text, listed.end()))
    elif listed and kind is not Announces.PASSWORD:
        found = list(_plain(text, read_value(text, listed.end()), Announces.WEAK))
    if not found and not PART_OF_NAME.match(text, end):
        found = list(_loose(text, end, kind))
    return found, max((hit.end for hit in found), default=0)


def _behind_sign(text: str, position: int, kind: Announces) -> Iterator[Hit]:
    """What stands behind a name and a sign: the sign says that this is the value."""
    if kind is Announces.HEADER:
        yield from authorization(text, position)
    else:
        yield from _plain(text, read_value(text, position, password=kind is Announces.PASSWORD), kind)


def _plain(text: str, value: Value, kind: Announces) -> Iterator[Hit]:
    scheme = SCHEME.match(value.text)
    start = value.start + (scheme.end() if scheme else 0)
    end = _end_of_parameter(text, start, value.end) if kind is Announces.QUERY else value.end
    word = text[start:end]
    if not word or is_masked(word) or is_placeholder(word):
        return
    if kind is Announces.PASSWORD:
        if word[0].isascii() and (value.quoted or word[0] not in "([{"):
            yield Hit("password", start, rest_of(text, value), Rank.WHOLE, shown="…")
    elif _is_announced(word, kind) or (is_uuid(word) and _is_of_uuid_vendor(text, start)):
        signed = kind is Announces.QUERY and _LONG_HEX.fullmatch(word)
        end = end if end < value.end else rest_of(text, value)
        yield Hit("signature" if signed else "api_key", start, end, Rank.LABELLED)


def _end_of_parameter(text: str, start: int, end: int) -> int:
    return min(found for found in (text.find("&", start, end), text.find("#", start, end), end) if found >= 0)


def _is_announced(word: str, kind: Announces) -> bool:
    parts = word.split()
    compact = "".join(parts)
    if kind is Announces.QUERY:
        return len(compact) >= 4
    if kind is Announces.WEAK and (is_uuid(compact) or is_digest(compact) or not looks_random(compact, 16)):
        return False
    if len(parts) > 1 and not all(looks_random(part, 4) for part in parts):
        return False
    return looks_like_key(compact)


def _is_of_uuid_vendor(text: str, start: int) -> bool:
    return _VENDOR_OF_UUID_KEYS.search(text, max(0, start - 96), start) is not None


def _loose(text: str, end: int, kind: Announces) -> Iterator[Hit]:
    """`my key is …`, `密钥…不行`, `--token …`, `API key (old) …`: only what is no word of the sentence."""
    if kind is Announces.SECRET or kind is Announces.QUERY:
        yield from _near(text, end)
        return
    line_break = LINE_BREAK.match(text, end)
    position = line_break.end() if line_break else after_loose(text, end)
    value = read_value(text, position, password=kind is Announces.PASSWORD)
    word = value.text
    if kind is Announces.PASSWORD:
        apart = value.start > end and not line_break
        if apart and len(word) >= 6 and _MIXED.search(word) and word[0].isascii():
            yield Hit("password", value.start, rest_of(text, value), Rank.WHOLE, shown="…")
    elif kind is Announces.HEADER:
        if looks_like_key(word) and (looks_random(word) or (len(word) >= 20 and not line_break)):
            yield Hit("api_key", value.start, rest_of(text, value), Rank.LABELLED)
    elif kind is Announces.WEAK and looks_random(word, 20) and _is_announced(word, kind):
        yield Hit("api_key", value.start, rest_of(text, value), Rank.NEAR)


def _near(text: str, end: int) -> Iterator[Hit]:
    for match in NEAR_WORD.finditer(text, end, min(len(text), end + NEAR)):
        whole = NEAR_WORD.match(text, match.start())
        word = (whole or match)[0].rstrip(".=-_")
        start = match.start()
        if not ((is_uuid(word) or looks_random(word, 16)) and looks_like_key(word)) or _is_named_otherwise(
            text, end, start
        ):
            continue
        announced = start == after_loose(text, end) or _is_of_uuid_vendor(text, start)
        if announced if is_uuid(word) else not is_identifier(word):
            yield Hit("api_key", start, start + len(word), Rank.NEAR)
            return


def _is_named_otherwise(text: str, end: int, word_start: int) -> bool:
    """`Invalid API key. trace_id: …`: the word behind has a name of its own."""
    between = text[end:word_start]
    return bool(_ID_LABEL.search(between) or (_PART_OF_DATA.search(between) and _ANY_LABEL.search(between)))
