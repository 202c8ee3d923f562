"""Error layers of plain text: lines that carry an error, and the words that stand in front of a body."""

import re
from collections.abc import Iterator

from ..evidence import Layer, Reading, Span
from .names import holds

MAX_LINES = 12
MAX_LENGTH = 1_200

_WRAP = re.compile(r"(?:[\w.]{1,60}(?:Exception|Error)) ?- ")
_CAUSED = re.compile(r"\(caused by ((?:[A-Za-z_]\w{0,60})\()", re.IGNORECASE)
_NOT_MESSAGES = ("at ", "File ", "raise ", "<", "During handling", "The above exception", "Traceback (")
_SPEAKS = (
    "error",
    "fail",
    "exception",
    "invalid",
    "denied",
    "exceed",
    "refused",
    "timeout",
    "timed out",
    "time-out",
    "not found",
    "unavailable",
    "unauthori",
    "forbidden",
    "limit",
    "overload",
    "disconnect",
    "closed",
    "reset",
    "could not",
    "unable",
    "cannot",
    "错误",
    "失败",
    "异常",
    "超时",
    "无效",
    "不存在",
    "不足",
    "无可用",
    "饱和",
    "过期",
    "拒绝",
    "上限",
    "不支持",
    "稍后",
)


def line_layers(
    text: str, stretches: tuple[Span, ...], bodies: tuple[Span, ...], readings: list[Reading]
) -> Iterator[Layer]:
    """One layer for each machine line that speaks of an error, cut where a body begins."""
    statuses = [one for one in readings if one.field == "http_status" and one.trust >= 0.6 and one.span]
    count = 0
    for stretch in stretches:
        for start, end in _lines(text, stretch):
            body = _body_of(start, end, bodies)
            if body < start:
                continue
            words = text[start : min(body, start + MAX_LENGTH)]
            if not holds(words.lower(), _SPEAKS):
                continue
            count += 1
            if count > MAX_LINES:
                return
            status = next(
                (int(one.value) for one in statuses if one.span and start <= one.span.start < end), None
            )
            yield from _layers(words, start, status)


def _body_of(start: int, end: int, bodies: tuple[Span, ...]) -> int:
    """Where a body begins that the line holds, or that holds the line; the line's end where there is none."""
    for body in bodies:
        if body.start < end and start < body.end:
            return body.start
    return end


def _lines(text: str, stretch: Span) -> Iterator[tuple[int, int]]:
    """Lines that may be messages: no stack frames, and not the source that a frame quotes."""
    start, quoted = stretch.start, False
    while start < stretch.end:
        end = text.find("\n", start, stretch.end)
        end = stretch.end if end < 0 else end
        line = text[start:end].lstrip()
        if not line.startswith(_NOT_MESSAGES):
            if not quoted:
                yield start, end
            quoted = False
        else:
            quoted = line.startswith("File ") and ", in " in line
        start = end + 1


def _layers(words: str, start: int, status: int | None) -> Iterator[Layer]:
    stripped = words.strip(" \t\r-:({'\"\u2022\u25cf\u2717\u274c")
    if not stripped:
        return
    span = Span(start, start + len(words))
    yield Layer(stripped, error_type="", http_status=status, span=span)
    inner = _inner(words)
    if inner and inner != stripped:
        yield Layer(inner, http_status=status, span=Span(start + len(words) - len(inner), start + len(words)))


def _inner(words: str) -> str:
    """What stands behind `XException - `, or inside `(Caused by X(…))`."""
    if " - " in words or "r- " in words:
        for last in list(_WRAP.finditer(words))[-1:]:
            return words[last.end() :].strip()
    caused = _CAUSED.search(words) if "aused by" in words else None
    return words[caused.start(1) :].strip(" )") if caused else ""
