"""Which stretches of a text are machine output, and which are the customer's own words."""

import re
from bisect import bisect_right

from ..evidence import Reading, Span
from .names import holds

_STARTS = (
    "at ",
    'file "',
    "{",
    "}",
    "[",
    "]",
    "<",
    "curl ",
    "data:",
    "event:",
    "error",
    "traceback",
    "│",
    "|",
    ">",
    "⎿",
    "http/",
    "caused by",
    "during handling",
    "warning",
    "exception",
    "fatal",
    "raise ",
    "status:",
    "status=",
    "code:",
    "code=",
    "request id",
    "stream disconnected",
    "could not",
    "cannot ",
    "unable to",
    "forbidden",
    "base_url",
    "got prompt",
    "⚠",
    "✕",
    "✖",
    "❌",
    "⚠",
    "■",
    "●",
    "…",
    "api error",
    '"',
    "post ",
    "get ",
    "* ",
    "--",
    "* ",
    "url:",
    "reconnecting",
    "unexpected",
)
_MACHINE_READERS = ("traceback", "json.", "log.", "url.request", "words.", "id.", "curl.", "har.", "task.")
_PRONOUNS = frozenset(["i", "i'm", "i've", "i'd", "my", "we", "our", "me", "us", "why", "anyone"])
_VOICES = (
    "我",
    "咱",
    "请问",
    "怎么",
    "吗",
    "为什么",
    "呢",
    "求助",
    "谢谢",
    "麻烦",
    "大家",
    "感觉",
    "帮忙",
    "？",
)
_ERROR_WORDS = (
    "error",
    "fail",
    "invalid",
    "not found",
    "unavailable",
    "timed out",
    "timeout",
    "time-out",
    "limit",
    "denied",
    "try again",
    "retry",
    "refus",
    "exceed",
    "forbidden",
    "unauthor",
    "not support",
    "disconnect",
    "reset",
    "exhaust",
    "no available",
    "returned",
    "失败",
    "错误",
    "超时",
    "稍后",
    "不存在",
    "无可用",
    "饱和",
    "上限",
    "不足",
    "过期",
    "拒绝",
    "禁止",
    "异常",
    "未找到",
    "不支持",
)
MAX_GUESSED = 400
FEWEST_WORDS = 9  # of a sentence that tells a story
LEAST_PLAIN = 0.7  # share of its words that are plain
FEWEST_HAN = 8
SHORTEST_SENTENCE = 12
# What the machine itself writes in front of a status or a body.
_HEAD = re.compile(
    r"(?:(?:api|http|openai|server|request) )?(?:error(?: code)?|http|status(?: code)?)[\s:=\"'(-]{0,4}\Z"
)


def machine_stretches(
    text: str, low: str, bodies: tuple[Span, ...], readings: list[Reading]
) -> tuple[Span, ...]:
    """Spans of whole lines, merged, without a sentence that leads into one; `readings` are in their order."""
    marks = sorted(one.span.start for one in readings if one.span and _is_mark(one))
    found: list[Span] = []
    start, paragraph, machine_before = 0, 0, False
    story_ends = low.find("\n\n", len(low) - len(low.lstrip()))
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = low[start:end].strip()
        if not line:
            paragraph, machine_before = paragraph + bool(start), False
        elif end <= story_ends and _tells(line, start, bodies, marks):
            machine_before = False
        elif (machine_before and low[start] in " \t") or _is_machine(
            line, start, end, bodies, marks, machine_before, paragraph
        ):
            machine_before = True
            begins = start if line.startswith(_STARTS) else _after_sentence(low, start, end, bodies, marks)
            _add(found, Span(begins, end))
        start = end + 1
    return tuple(found) or _last_paragraph(text, low)


def _last_paragraph(text: str, low: str) -> tuple[Span, ...]:
    """Where nothing gives itself away: a short last paragraph without a voice of its own was pasted."""
    start = text.rstrip().rfind("\n\n") + 2
    words = low[start:].strip()
    if start < 2 or not words or len(words) > 160 or _has_own_voice(words):
        return ()
    return (Span(start, start + len(text[start:].rstrip())),)


def _is_mark(reading: Reading) -> bool:
    if reading.by == "http.status":
        return reading.trust >= 0.7
    return reading.by.startswith(_MACHINE_READERS) and reading.trust >= 0.5


def _is_machine(
    line: str, start: int, end: int, bodies: tuple[Span, ...], marks: list[int], before: bool, paragraph: int
) -> bool:
    for body in bodies:
        if body.start < end and start < body.end:
            return True
    if line.startswith(_STARTS):
        return True
    at = bisect_right(marks, start - 1)
    if before or (at < len(marks) and marks[at] < end):
        return not _has_own_voice(line[:MAX_GUESSED])
    if not paragraph or len(line) > MAX_GUESSED or not holds(line, _ERROR_WORDS):
        return False
    return not _has_own_voice(line)


def _after_sentence(low: str, start: int, end: int, bodies: tuple[Span, ...], marks: list[int]) -> int:
    """Where the machine part of a line begins: at its first token where a sentence clearly leads into it."""
    at = bisect_right(marks, start - 1)
    token = marks[at] if at < len(marks) else end
    for body in bodies:
        if body.start >= start:
            token = min(token, body.start)
            break
    if token >= end or token - start < SHORTEST_SENTENCE or not _is_sentence(low[start:token].strip()):
        return start
    head = _HEAD.search(low[max(start, token - 40) : token])
    return token - len(head.group()) if head else token


def _is_sentence(words: str) -> bool:
    if words.startswith(("20", "(", "`")):
        return False
    words = words[:MAX_GUESSED]
    if _has_own_voice(words):
        return True
    if holds(words, _ERROR_WORDS):
        return False
    if sum("\u4e00" <= each <= "\u9fff" for each in words) >= FEWEST_HAN:
        return "，" in words or "。" in words
    parts = words.split()
    plain = sum(part.rstrip(",.;:!").isalpha() for part in parts)
    return len(parts) >= FEWEST_WORDS and plain >= LEAST_PLAIN * len(parts)


def _tells(line: str, start: int, bodies: tuple[Span, ...], marks: list[int]) -> bool:
    """Whether a line before the pasted part is a sentence that only mentions a status, an address or a code."""
    if line.startswith(_STARTS) or any(
        body.start < start + len(line) and start < body.end for body in bodies
    ):
        return False
    if sum("\u4e00" <= each <= "\u9fff" for each in line[:MAX_GUESSED]) >= FEWEST_HAN:
        return "，" in line or "。" in line
    words = line[:MAX_GUESSED].split()
    plain = sum(word.rstrip(",.;:!").isalpha() for word in words)
    at = bisect_right(marks, start - 1)
    return (
        len(words) >= FEWEST_WORDS
        and plain >= LEAST_PLAIN * len(words)
        and (at == len(marks) or marks[at] - start > FEWEST_WORDS)
    )


def _has_own_voice(line: str) -> bool:
    if "?" in line or "please help" in line or "how do" in line:
        return True
    if not line.isascii() and holds(line, _VOICES):
        return True
    return not _PRONOUNS.isdisjoint(line.split())


def _add(found: list[Span], span: Span) -> None:
    if found and span.start - found[-1].end <= 1:
        found[-1] = Span(found[-1].start, span.end)
    else:
        found.append(span)
