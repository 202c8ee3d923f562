"""Names that announce a secret, and how sure they are of it."""

import re
from collections.abc import Iterator
from enum import Enum

_NOUNS = (
    "key", "token", "secret", "password", "passwd", "pwd", "passphrase", "passcode", "credential", "credentials",
    "signature", "sig", "sign", "authorization", "auth", "cookie", "cookies", "bearer", "ak", "sk",
)  # fmt: skip
_HAN = ("密钥", "秘钥", "密匙", "令牌", "凭证", "凭据", "口令", "密码", "兑换码")
_NAME_CHARS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_LONGEST_NAME = 64
PATTERN = rf"(?i)(?:{'|'.join(_NOUNS)})(?:[^A-Za-z0-9]|$)|{'|'.join(_HAN)}"
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Where names end with a noun that announces a secret. Plain searching: the pattern engines are slower here."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text.translate(_ASCII_LOWER)
    for noun in _NOUNS:
        at = lower.find(noun)
        while at >= 0:
            end = at + len(noun)
            if not lower[end : end + 1].isalnum() or lower[end] > "\x7f":
                before = text[max(0, at - _LONGEST_NAME) : at]
                yield at - len(before) + len(before.rstrip(_NAME_CHARS)), end
            at = lower.find(noun, end)
    for noun in _HAN:
        at = text.find(noun)
        while at >= 0:
            yield at, at + len(noun)
            at = text.find(noun, at + len(noun))


class Announces(Enum):
    PASSWORD = "password"
    HEADER = "header"
    COOKIE = "cookie"
    SECRET = "secret"
    QUERY = "query"  # a parameter of a URL: anything behind the sign is the value
    WEAK = "weak"  # `key`, `token`: only what looks random behind them is a secret


_NO_SECRET = re.compile(
    r"idempotency|primary|foreign|public|publish|partition|sort_?key|object|group|index|route|lookup|i18n|hash|page|next"
    r"|prev|continuation|cursor|max|min|stop|eos|bos|pad|num|count|total|prompt|completion|input|output|usage|rate|limit"
    r"|price|cost|type|name|alias|cache|thought|thinking|reasoning|_per|sub_?key|hot_?key|short_?key|content|image|video"
    r"|file|storage|redis_?key|turkey|monkey|donkey",
    re.IGNORECASE,
)
_STRONG_BEFORE = re.compile(
    r"(?:api|access|secret|private|auth|subscription|account|session|master|virtual|service|personal|webhook|azure|openai|"
    r"client|app|old|new|my|our|the|this|api的|我的|您的|你的|新|旧|凭|密)[\s_\-]{0,3}$",
    re.IGNORECASE,
)
_BARE = frozenset(
    {"key", "token", "sign", "sig", "signature", "sk", "ak", "auth", "credential", "credentials", "bearer"}
)
_PASSWORDS = ("password", "passwd", "pwd", "passphrase", "passcode", "密码", "口令")


def announces(text: str, start: int, end: int) -> Announces | None:
    """What the name at this place makes of the value behind it; None where it names no secret."""
    name = text[start:end].lower().lstrip("-")
    if name.endswith(("cookie", "cookies")):
        return Announces.COOKIE
    if name.endswith("authorization") or name == "bearer":
        return Announces.HEADER
    if name.endswith(_PASSWORDS):
        return Announces.PASSWORD
    if _NO_SECRET.search(name) and not name.endswith(("api_key", "api-key", "apikey", "secret")):
        return None
    if start > 0 and text[start - 1] in "?&;" and text[end : end + 1] == "=":
        return Announces.QUERY
    return _strength(name, text[max(0, start - 16) : start])


def _strength(name: str, before: str) -> Announces | None:
    if "hash" in before.lower():
        return None
    if name.endswith(("ak", "sk", "sign", "sig")) and name.strip("-") not in _BARE:
        return Announces.SECRET if re.search(r"[_\-.](?:ak|sk|sig)$", name) else None
    if name in _BARE and not _STRONG_BEFORE.search(before):
        return Announces.WEAK
    return Announces.SECRET
