"""What is no secret but a person's own: e-mail, phone, card, resident id, public addresses."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Network, ip_address

from .hit import Hit, Rank
from .pattern import compiled

PERSONAL_KINDS = frozenset({"email", "phone", "card", "resident_id", "ip"})

EMAIL_PATTERN = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+\.[A-Za-z0-9\-.]*[A-Za-z]"
_EMAIL = compiled(r"([A-Za-z0-9._%+\-]+)@((?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,24})")
_FILE_ENDINGS = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|css|m?js|ts|tsx|json|py|map|mp[34]|wav|md|txt|ya?ml|html?)$", re.I
)
_NOBODY = frozenset({"git", "noreply", "no-reply", "support", "info"})

NUMBER_PATTERN = (
    r"\b1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}\b"
    r"|\+[1-9][0-9 .\-()]{8,20}[0-9]"
    r"|\b[1-9][0-9]{16}[0-9Xx]\b"
    r"|\b[2-6][0-9]{3}[ \-]?(?:[0-9]{4}[ \-]?[0-9]{4}[ \-]?[0-9]{4}|[0-9]{6}[ \-]?[0-9]{5})(?:[0-9]{3})?\b"
)
_NUMBER = compiled(NUMBER_PATTERN)
_PHONE = re.compile(
    r"(?<![\w+.\-/=#])(?:(?:\+|00)86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?![\w\-])"
    r"|(?<![\w+])\+[1-9]\d{0,2}[ \-.]?(?:\(\d{1,4}\)[ \-.]?)?\d(?:[ \-.]?\d){6,12}(?![\w])"
)
_RESIDENT = re.compile(
    r"(?<![\w.\-])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\w\-])"
)
_CARD = re.compile(
    r"(?<![\w.\-/])(?:3[47]\d\d(?:[ \-]?\d{6})(?:[ \-]?\d{5})"
    r"|(?:4\d{3}|5[1-5]\d\d|2[2-7]\d\d|6011|65\d\d|62\d\d|35\d\d)(?:[ \-]?\d{4}){3}(?:\d{3})?)(?![\w\-])"
)
_ID_BEFORE = re.compile(
    r"(?:id|编号|单号|号码是订单|timestamp|时间戳|trace|uid|number|no\.?)[\"'\s:：=#(\\]{0,6}$", re.I
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

IP_PATTERN = r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}"
_IP = compiled(IP_PATTERN)
IP6_PATTERN = r"[23][0-9a-fA-F]{3}:[0-9a-fA-F:]{4,35}"
_PART_OF_WORD = re.compile(r"[A-Za-z0-9_.]")
_IP6 = compiled(IP6_PATTERN)
# Addresses that tell something about the network in between, and nothing about a person.
_RESOLVERS = frozenset(
    {"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "114.114.114.114", "223.5.5.5", "223.6.6.6", "9.9.9.9"}
)
_EXAMPLES = tuple(IPv4Network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"))


def find_emails(text: str) -> Iterator[Hit]:
    for match in _EMAIL.finditer(text):
        if match[1].lower() not in _NOBODY and not _FILE_ENDINGS.search(match[2]):
            start, end = match.span(1)
            yield Hit("email", start, end, Rank.PERSONAL, shown="…", secret=match[0].lower())


def find_numbers(text: str) -> Iterator[Hit]:
    for cluster in _NUMBER.finditer(text):
        start, end = max(0, cluster.start() - 4), min(len(text), cluster.end() + 1)
        for kind, pattern in (("resident_id", _RESIDENT), ("card", _CARD), ("phone", _PHONE)):
            for match in pattern.finditer(text, start, end):
                if _holds(kind, match[0]) and not _ID_BEFORE.search(
                    text, max(0, match.start() - 24), match.start()
                ):
                    digits = re.sub(r"[^\dXx]", "", match[0])
                    yield Hit(kind, *match.span(), Rank.PERSONAL, shown="…" + digits[-4:], secret=digits)


def _holds(kind: str, number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if kind == "card":
        return _luhn(digits)
    if kind == "resident_id":
        check = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11
        return "10X98765432"[check] == number[17].upper()
    return True


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def find_addresses(text: str) -> Iterator[Hit]:
    for match in _IP.finditer(text):
        start, end = match.span()
        if _stands_alone(text, start, end) and _is_public(match[0]):
            first, second = match[0].split(".")[:2]
            yield Hit("ip", start, end, Rank.PERSONAL, shown=f"{first}.{second}.x.x")


def find_long_addresses(text: str) -> Iterator[Hit]:
    for match in _IP6.finditer(text):
        start = match.start()
        before = text[start - 1 : start]
        if not (before.isalnum() or before == ":") and _is_public(match[0].rstrip(":")):
            groups = match[0].split(":")
            yield Hit(
                "ip",
                start,
                start + len(match[0].rstrip(":")),
                Rank.PERSONAL,
                shown=f"{groups[0]}:{groups[1]}:x:x",
            )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """No version number: `Chrome/120.0.0.0`, `v1.2.3.4`, `1.2.3.4.5`."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if _PART_OF_WORD.match(before[-1:]) or before == "==" or (before[-1:] == "/" and before[:1].isalpha()):
        return False
    return not (_PART_OF_WORD.match(after[:1]) and (after[:1] != "." or after[1:].isdigit()))


def _is_public(word: str) -> bool:
    try:
        address = ip_address(word)
    except ValueError:
        return False
    if any(address in net for net in _EXAMPLES):
        return True
    return address.is_global and not address.is_multicast and word not in _RESOLVERS
