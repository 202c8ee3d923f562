"""Reads the value that stands behind a name: quoted at any level of escaping, or bare."""

import re
from dataclasses import dataclass

LONGEST_VALUE = 8192
_OPENING = re.compile(r"""[ \t]{0,8}[\[(]?[ \t]{0,8}[bBrRfFuU]{0,2}(\\*)(["'`“‘「])""")
_CLOSERS = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "「": "」"}
_CLOSING = {quote: re.compile(rf"(\\*){re.escape(closer)}") for quote, closer in _CLOSERS.items()}
_BARE = re.compile(r"""[^\s"'`“”‘’「」,;，；。、！？!?(){}\[\]<>（）【】《》|\\]{1,8192}""")
_LINE = re.compile(r"""[^\r\n"'`\\]{1,8192}""")
_MARGIN = r"(?:\s|\\+[nrt]|\\+u00(?:20|0[aAdD9])|%(?:20|0[aAdD9]))+"
_LEFT_MARGIN = re.compile(_MARGIN)
_RIGHT_MARGIN = re.compile(_MARGIN + r"\Z")


@dataclass(frozen=True, slots=True)
class Value:
    """Where a value stands, without the blanks around it. `quoted` tells that both its ends are known."""

    text: str
    start: int
    end: int
    quoted: bool


def read_value(text: str, position: int, *, to_line_end: bool = False, stops: str = "") -> Value:
    opening = _OPENING.match(text, position)
    if opening:
        end = _closing(text, opening.end(), opening[2], len(opening[1]))
        if end is not None:
            return _trimmed(text, opening.end(), end, quoted=True)
        position = opening.end()
    bare = (_LINE if to_line_end else _BARE).match(text, position)
    if bare is None:
        return Value("", position, position, False)
    end = bare.end()
    for stop in stops:
        found = text.find(stop, position, end)
        end = found if found >= 0 else end
    return _trimmed(text, position, end, quoted=False)


def _closing(text: str, start: int, quote: str, level: int) -> int | None:
    """The first such quote that is escaped no deeper than the opening one."""
    for match in _CLOSING[quote].finditer(text, start, min(len(text), start + LONGEST_VALUE)):
        if len(match[1]) <= level:
            return match.start()
        if level == 0 and len(match[1]) % 2 == 0:
            return match.end() - 1
    return None


def _trimmed(text: str, start: int, end: int, *, quoted: bool) -> Value:
    left = _LEFT_MARGIN.match(text, start, end)
    start = left.end() if left else start
    right = _RIGHT_MARGIN.search(text, max(start, end - 64), end)
    end = right.start() if right and right.start() > start else end
    return Value(text[start:end], start, end, quoted)
