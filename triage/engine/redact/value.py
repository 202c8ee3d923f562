"""Reads the value that stands behind a name: quoted at any level of escaping, or bare."""

import re
from dataclasses import dataclass

LONGEST_VALUE = 8192
PROBE = 256  # so much of a bare value is enough to judge it by
_OPENING = re.compile(r"""[ \t]{0,8}[\[(]?[ \t]{0,8}[bBrRfFuU]{0,2}(\\*)(["'`“‘「])""")
_CLOSERS = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "「": "」"}
_CLOSING = {quote: re.compile(rf"(\\*){re.escape(closer)}") for quote, closer in _CLOSERS.items()}
_BARE_CHARS = r"""[^\s"'`“”‘’「」,;，；。、！？!?(){}\[\]<>（）【】《》|\\]"""
_BARE = re.compile(f"{_BARE_CHARS}{{1,{PROBE}}}")
_PASSWORD = re.compile(rf"""[^\s"'`“”‘’「」,;，；。、！？（）【】《》|\\]{{1,{PROBE}}}""")
_REST = re.compile(f"{_BARE_CHARS}{{0,{LONGEST_VALUE}}}")
_LINE_CHARS = r"""[^\r\n"'`\\]"""
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


def read_value(text: str, position: int, *, password: bool = False) -> Value:
    """A bare value is read no further than PROBE: `rest_of` goes on where it turns out to be a secret.

    A password may hold signs that end any other value.
    """
    opening = _OPENING.match(text, position)
    if opening:
        end = _closing(text, opening.end(), opening[2], len(opening[1]))
        if end is not None:
            return _trimmed(text, opening.end(), end, quoted=True)
        position = opening.end()
    bare = (_PASSWORD if password else _BARE).match(text, position)
    if bare is None:
        return Value("", position, position, False)
    end = position + len(bare[0].rstrip(")]}>.!?")) if password else bare.end()
    return _trimmed(text, position, end, quoted=False)


def rest_of(text: str, value: Value) -> int:
    """Where a value really ends."""
    rest = None if value.quoted or value.end - value.start < PROBE else _REST.match(text, value.end)
    return rest.end() if rest else value.end


def read_line(text: str, position: int, longest: int) -> Value:
    """A quoted value, or all that follows on the line."""
    opening = _OPENING.match(text, position)
    if opening:
        end = _closing(text, opening.end(), opening[2], len(opening[1]))
        if end is not None:
            return _trimmed(text, opening.end(), end, quoted=True)
        position = opening.end()
    line = re.compile(f"{_LINE_CHARS}{{0,{longest}}}").match(text, position)
    return _trimmed(text, position, line.end() if line else position, quoted=False)


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
