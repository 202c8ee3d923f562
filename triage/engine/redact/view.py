"""A text as finders read it: full-width letters, invisible characters, escapes resolved; with a way back."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

# One for one, so offsets stay: full-width forms, the dashes that word processors make of "-", odd spaces.
_LOOKALIKES = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOKALIKES |= dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63), ord("-"))
_LOOKALIKES |= dict.fromkeys((0xA0, 0x3000, 0x202F, *range(0x2000, 0x200B)), ord(" "))

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
_INVISIBLE_RUN = re.compile(f"[{INVISIBLE}]+")
_ESCAPE = re.compile(
    r"\\+u([0-9a-fA-F]{4})|\\+x([0-7][0-9a-fA-F])|%([2-7][0-9a-fA-F]|0[aAdD9])|&(#?\w{1,8});"
)
_INVISIBLE_OR_ESCAPE = re.compile(f"{_INVISIBLE_RUN.pattern}|{_ESCAPE.pattern}")
_ENTITIES = {"quot": '"', "apos": "'", "amp": "&", "lt": "<", "gt": ">", "nbsp": " "}


@dataclass(frozen=True, slots=True)
class View:
    """`text` with the stretches that were rewritten: where each starts and ends, here and in the raw text."""

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    raw_starts: tuple[int, ...] = ()
    raw_ends: tuple[int, ...] = ()

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        return self._raw(start, at_end=False), self._raw(end, at_end=True)

    def _raw(self, offset: int, *, at_end: bool) -> int:
        # A start lies behind what was removed right before it, an end before what was removed right after it.
        index = bisect_right(self.ends, offset) - 1
        if at_end:
            while index >= 0 and self.starts[index] == self.ends[index] == offset:
                index -= 1
        inside = index + 1
        if inside < len(self.starts) and self.starts[inside] < offset < self.ends[inside]:
            return self.raw_ends[inside] if at_end else self.raw_starts[inside]
        return offset if index < 0 else self.raw_ends[index] + offset - self.ends[index]


def plain(text: str) -> View:
    """Lookalikes folded and invisible characters left out."""
    return _rewritten(text.translate(_LOOKALIKES), _INVISIBLE_RUN, lambda _: "")


def unescaped(text: str) -> View:
    r"""Also `\u002d`, `%2D` and `&quot;` resolved. Only for finding: a view is never shown."""
    return _rewritten(text.translate(_LOOKALIKES), _INVISIBLE_OR_ESCAPE, _resolved)


def _resolved(match: re.Match[str]) -> str:
    four, two, percent, entity = match.groups()
    if four or two or percent:
        return chr(int(four or two or percent, 16)).translate(_LOOKALIKES)
    if entity and entity[0] == "#":
        digits = entity[1:]
        code = int(digits[1:], 16) if re.fullmatch("[xX][0-9a-fA-F]{1,5}", digits) else _decimal(digits)
        return chr(code) if 0x20 <= code < 0x7F else match[0]
    return _ENTITIES.get(entity, match[0]) if entity else ""


def _decimal(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _rewritten(text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> View:
    pieces: list[str] = []
    changed: list[tuple[int, int, int, int]] = []
    done = length = 0
    for match in pattern.finditer(text):
        new = replace(match)
        if new == match[0] or "\ud800" <= new[:1] <= "\udfff":
            continue
        pieces += (text[done : match.start()], new)
        length += match.start() - done
        changed.append((length, length + len(new), match.start(), match.end()))
        length += len(new)
        done = match.end()
    columns = tuple(zip(*changed, strict=True)) or ((), (), (), ())
    return View("".join((*pieces, text[done:])), *columns)
