"""How long a refused caller is told to wait: headers first, then the message.

Read are Retry-After (seconds or an HTTP date), its millisecond variants, Google's retryDelay,
"try again in 6m0s", the Chinese wordings, and the reset headers of rate limits.
"""

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .phrase_set import Phrase, PhraseSet

LONGEST = 31 * 86_400  # a longer wait is no wait but a closed account, or a number misread

_LONGEST_OWN_PAUSE = 60
_UNIT_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_UNIT = (
    r"(?:milliseconds?|millis|msecs?|ms|毫秒|seconds?|secs?|s|秒钟?|minutes?|mins?|m|分钟?|hours?|hrs?|h"
    r"|个?小时|days?|d|天)(?![A-Za-z])"
)
_LENGTH = rf"\d{{1,9}}(?:\.\d{{1,9}})?\s*{_UNIT}(?:[\s,]*\d{{1,9}}(?:\.\d{{1,9}})?\s*{_UNIT})*"
_PART = re.compile(rf"(\d{{1,9}}(?:\.\d{{1,9}})?)\s*({_UNIT})", re.IGNORECASE)

_IS = r"[\"']?\s*[:=]\s*\[?[\"']?\s*"
_HTTP_DATE = r"([A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT)"
_HEADER = re.compile(
    rf"retry[-_ ]?after([-_ ]?(?:ms|millis(?:econds)?|s|sec|seconds))?{_IS}"
    rf"(?:(\d{{1,12}}(?:\.\d{{1,9}})?)(?![\d:-])|{_HTTP_DATE})",
    re.IGNORECASE,
)
_DATE_HEADER = re.compile(rf"(?:^|[\s\"'{{,<])date{_IS}{_HTTP_DATE}", re.IGNORECASE)
_GOOGLE = re.compile(r"retry_?delay\\?[\"']?\s*[:=]\s*\\?[\"']?(\d{1,7}(?:\.\d{1,9})?)s\b", re.IGNORECASE)
_GOOGLE_PROTO = re.compile(r"retry_?delay\s*\{\s*seconds:\s*(\d{1,7})", re.IGNORECASE)
_TOLD = re.compile(
    rf"(?:(?:try|retry)(?:\s+again|ing)?|wait|resets?|available again|等待|请在)[\w ]{{0,12}}?\s*"
    rf"(?:in|after|for|about)?\s*({_LENGTH})|({_LENGTH})\s*(?:之?后|以后)?再?(?:重试|再试|重新|恢复)",
    re.IGNORECASE,
)
_WORDS = r"(?:try|retry|wait|reset|available)[\w ]{0,24}\d|等待|请在|[秒钟时天]\s*[之以]?后"
_WORDS_NEAR = Phrase(_WORDS)
_HEADER_WORD = r"retry[-_ ]?after"
_HEADER_NEAR = Phrase(_HEADER_WORD)
_KIND = r"(requests|tokens|input-tokens|output-tokens)"
_MOMENT = r"\d{4}-\d\d-\d\dT[\d:.]{5,18}Z|\d{13}|\d{10}"
_SPAN = r"(?:\d{1,7}(?:\.\d{1,9})?(?:ms|[smhd]))+|\d{1,7}(?:\.\d{1,9})?(?![\d.])"
_RESET = re.compile(rf"ratelimit-(?:reset-?{_KIND}?|{_KIND}-reset){_IS}({_MOMENT}|{_SPAN})", re.IGNORECASE)
_REMAINING = re.compile(
    rf"ratelimit-(?:remaining-?{_KIND}?|{_KIND}-remaining){_IS}(\d{{1,12}})", re.IGNORECASE
)


def wait_seconds(text: str, *, now: datetime | None = None) -> int | None:
    """Whole seconds, rounded up, or None. `now` serves only where the text has no Date header."""
    told = _HINTS.found(text)
    for hint, read in _READERS.items():
        seconds = read(text, now) if hint in told else None
        if seconds is not None and seconds <= LONGEST:
            return max(0, math.ceil(seconds - 1e-9))
    return None


def _from_header(text: str, now: datetime | None) -> float | None:
    for start, _ in _HEADER_NEAR.places(text):
        found = _HEADER.match(text, start)
        unit, number, date = found.groups("") if found else ("", "", "")
        if number:
            return float(number) * (0.001 if unit.strip("-_ ").lower().startswith("m") else 1.0)
        seconds = _until(_http_date(date), text, now)
        if seconds is not None:
            return seconds
    return None


def _from_google(text: str, now: datetime | None) -> float | None:
    found = _GOOGLE.search(text) or _GOOGLE_PROTO.search(text)
    return float(found[1]) if found else None


def _from_words(text: str, now: datetime | None) -> float | None:
    for start, end in _WORDS_NEAR.places(text):
        found = _TOLD.search(text, max(0, start - 40), end + 60)
        seconds = _length(found[1] or found[2]) if found else None
        if found and seconds is not None and not _own_pause(found[0], seconds):
            return seconds
    return None


def _own_pause(words: str, seconds: float) -> bool:
    """ "Retrying in 2 s" is a client's own pause; a longer one is the wait that it was told."""
    return words.lower().startswith(("retrying", "trying")) and seconds < _LONGEST_OWN_PAUSE


def _from_resets(text: str, now: datetime | None) -> float | None:
    """The reset of what is used up; where no remaining count is shown, the longest reset."""
    left = {(a or b).lower(): int(count) for a, b, count in _REMAINING.findall(text)}
    waits = [
        seconds
        for a, b, value in _RESET.findall(text)
        if left.get((a or b).lower(), 1 if left else 0) == 0
        and (seconds := _reset(value, text, now)) is not None
    ]
    return max(waits, default=None)


def _reset(value: str, text: str, now: datetime | None) -> float | None:
    if "T" in value:
        return _until(_iso(value), text, now)
    if re.fullmatch(r"\d{10}|\d{13}", value):
        stamp = int(value) / (1000 if len(value) == 13 else 1)
        return _until(datetime.fromtimestamp(stamp, UTC), text, now)
    return float(value) if re.fullmatch(r"\d+(?:\.\d+)?", value) else _length(value)


def _length(words: str) -> float | None:
    parts = _PART.findall(words)
    return sum(float(number) * _UNIT_SECONDS[_unit(unit)] for number, unit in parts) if parts else None


def _unit(written: str) -> str:
    unit = written.lower()
    if unit.startswith(("ms", "milli", "毫")):
        return "ms"
    for sign, letter in (("秒", "s"), ("分", "m"), ("小时", "h"), ("天", "d")):
        if sign in unit:
            return letter
    return unit[0]


def _until(moment: datetime | None, text: str, now: datetime | None) -> float | None:
    stated = _DATE_HEADER.search(text)
    start = (_http_date(stated[1]) if stated else None) or now
    if moment is None or start is None or start.tzinfo is None:
        return None
    return max(0.0, (moment - start).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_HINTS = PhraseSet(
    (
        ("header", _HEADER_WORD),
        ("google", r"retry_?delay"),
        ("words", _WORDS),
        ("resets", r"ratelimit-"),
    )
)
_READERS = {"header": _from_header, "google": _from_google, "words": _from_words, "resets": _from_resets}
