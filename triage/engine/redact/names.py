"""Names that announce a secret, and how sure they are of it."""

import re
from collections.abc import Iterator
from enum import Enum, auto

_NOUNS = (
    "key", "token", "secret", "password", "passwd", "pwd", "passphrase", "passcode", "credential",
    "credentials", "signature", "sig", "sign", "sessid", "jsessionid", "authorization", "auth", "cookie",
    "cookies", "bearer", "ak", "sk",
)  # fmt: skip
_HAN = ("密钥", "秘钥", "密匙", "令牌", "凭证", "凭据", "口令", "密码", "兑换码")
_NAME_CHARS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_LONGEST_NAME = 64
PATTERN = rf"(?i)(?:{'|'.join(_NOUNS)})(?:[^A-Za-z0-9]|$)|{'|'.join(_HAN)}"
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Where names end with a noun that announces a secret. Plain searching is quicker here than patterns."""
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
    PASSWORD = auto()
    HEADER = auto()
    COOKIE = auto()
    SECRET = auto()
    QUERY = auto()  # a parameter of a URL: anything behind the sign is the value
    WEAK = auto()  # `key`, `token`: only what looks random behind them is a secret


_OTHER_KEYS = """
idempotency primary foreign public publishable partition sort object index lookup hash page next prev
continuation cursor max min stop eos bos pad num count total prompt completion input output usage rate
limit price cost type name alias cache thought thinking reasoning per sub hot short content image video
file redis route nextpage
"""
_NO_SECRET = frozenset(_OTHER_KEYS.split())
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_STRONG_BEFORE = (
    "api", "access", "secret", "private", "auth", "subscription", "account", "session", "master", "virtual",
    "service", "personal", "webhook", "azure", "openai", "client", "app", "old", "new", "my", "our", "the",
    "this", "我", "您", "你", "新", "旧", "个", "密",
)  # fmt: skip
_BARE = frozenset({"key", "token", "sign", "sk", "ak", "auth", "credential", "credentials", "bearer"})
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
    if name.endswith(("api_key", "api-key", "apikey", "secret", "signature", "sig", "sessid", "jsessionid")):
        return _in_url(text, start, end) or Announces.SECRET
    parts = _PARTS.findall(text[start:end])
    if (
        any(part.lower() in _NO_SECRET for part in parts)
        or "hash" in text[max(0, start - 16) : start].lower()
    ):
        return None
    return _in_url(text, start, end) or _strength(name, text[max(0, start - 16) : start])


def _in_url(text: str, start: int, end: int) -> Announces | None:
    is_parameter = start > 0 and text[start - 1] in "?&;" and text[end : end + 1] == "="
    return Announces.QUERY if is_parameter else None


def _strength(name: str, before: str) -> Announces | None:
    if name not in _BARE and name.endswith(("ak", "sk", "sign")):
        return Announces.SECRET if name[-3:-2] in {"_", "-", "."} else None
    if name in _BARE and not before.rstrip(" _-的").lower().endswith(_STRONG_BEFORE):
        return Announces.WEAK
    return Announces.SECRET
