"""From raw bytes or characters to text that the engine can read: decoded, printable, bounded.

`clean` comes before everything else, `fold` after redaction: rules match on the folded text, spans stay in
the text that people see.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import re2

from .decode import decode
from .evidence import Span

MAX_CHARS = 200_000
_TAIL_CHARS = 60_000  # errors often end with what matters: the last line of a traceback
_ALIGN_CHARS = 512  # how far a cut may move to fall between words, so that no key is cut in two

_ANSI = re.compile(r"\x1b(?:\[[0-9;?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,256}(?:\x07|\x1b\\)|[@-Z\\^_])")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
_UNREADABLE = re.compile(r"[\x01-\x06\x0e-\x1a\x1c-\x1f\ufffd]")
_DIRTY = re2.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\x{2028}-\x{202e}\x{2066}-\x{2069}\x{fdd0}-\x{fdef}\x{feff}\x{fffe}\x{ffff}]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Readable text, and what had to be done to it: `cut`, `nul`, `surrogates`, `binary`, `encoding:…`."""

    text: str
    cut: bool = False
    notes: tuple[str, ...] = ()


def clean(raw: str | bytes) -> Cleaned:
    """Never raises. Keeps at most MAX_CHARS of the input, and one line that says how much was cut."""
    notes: list[str] = []
    if isinstance(raw, bytes):
        decoded = decode(raw)
        raw, notes = decoded.text, list(decoded.notes)
    elif _unreadable(raw):
        return Cleaned(f"[binary data, {len(raw):,} characters: not text, not shown]", False, ("binary",))
    pieces = _head_and_tail(raw)
    cut = len(pieces) > 1
    kept = [_printable(piece, notes) for piece in pieces]
    if not cut:
        return Cleaned(kept[0], False, tuple(notes))
    left_out = len(raw) - sum(map(len, pieces))
    return Cleaned(f"{kept[0]}\n[… {left_out:,} characters cut …]\n{kept[1]}", True, (*notes, "cut"))


def _unreadable(raw: str) -> bool:
    """Binary data that came through a text field: mostly control and replacement characters."""
    sample = raw[:4096]
    return len(_UNREADABLE.findall(sample)) > max(16, len(sample) * 0.2)


def _head_and_tail(raw: str) -> tuple[str, ...]:
    if len(raw) <= MAX_CHARS:
        return (raw,)
    head_end = MAX_CHARS - _TAIL_CHARS
    tail_start = len(raw) - _TAIL_CHARS
    spaces_before = [raw.rfind(space, head_end - _ALIGN_CHARS, head_end) for space in " \n"]
    spaces_after = [raw.find(space, tail_start, tail_start + _ALIGN_CHARS) for space in " \n"]
    head_end = max(*spaces_before) if max(spaces_before) > 0 else head_end
    tail_start = min((found for found in spaces_after if found > 0), default=tail_start)
    return raw[:head_end], raw[tail_start:]


def _printable(text: str, notes: list[str]) -> str:
    try:
        clean_already = _DIRTY.search(text) is None
    except UnicodeEncodeError:
        clean_already = False
    if clean_already:
        return text
    if _SURROGATES.search(text):
        notes.append("surrogates")
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "\0" in text:
        notes.append("nul")
    if "\x1b" in text:
        text = _ANSI.sub("", text)
    text = _LINE_ENDS.sub("\n", text)
    return _CONTROLS.sub("", text).removeprefix("\ufeff")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text in NFKC, with the stretches whose length changed: where they start and end, folded and raw."""

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    raw_starts: tuple[int, ...] = ()
    raw_ends: tuple[int, ...] = ()
    below: "Folded | None" = None  # what this one was made from, where that was folded itself

    def to_raw(self, span: Span) -> Span:
        """The smallest raw span that holds everything the folded span was made from."""
        raw = Span(self._raw(span.start, at_end=False), self._raw(span.end, at_end=True))
        return raw if self.below is None else self.below.to_raw(raw)

    def _raw(self, offset: int, *, at_end: bool) -> int:
        index = bisect_right(self.starts, offset - 1 if at_end else offset) - 1
        if index < 0:
            return offset
        if offset >= self.ends[index]:
            return self.raw_ends[index] + offset - self.ends[index]
        return self.raw_ends[index] if at_end else self.raw_starts[index]


# What folds to one character, and never joins the character before it: ASCII, Chinese, its punctuation,
# typographic quotes and dashes, full-width forms. All else is looked at, cluster by cluster.
_STEADY = (
    r"\x00-\x7f\u2010\u2012-\u2016\u2018-\u201f\u3000-\u3029\u3030-\u3035\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff"
    r"\uff01-\uff5e"
)
_UNSTEADY_RUN = re.compile(rf"[^{_STEADY}]+")


def fold(text: str) -> Folded:
    """NFKC of a text, with a way back. Costs nothing more than a look where NFKC changes nothing."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return Folded(text)
    changed: list[tuple[int, int, int, int]] = []
    shift = 0
    for run in _UNSTEADY_RUN.finditer(text):
        for start, end in _clusters(text, *run.span()):
            length = _folded_length(text[start:end])
            if length != 1 or end - start != 1:
                changed.append((start + shift, start + shift + length, start, end))
                shift += length - (end - start)
    starts, ends, raw_starts, raw_ends = tuple(zip(*changed, strict=True)) or ((), (), (), ())
    return Folded(unicodedata.normalize("NFKC", text), starts, ends, raw_starts, raw_ends)


def _clusters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches that NFKC changes independently of each other; the first may begin one character earlier."""
    clusters: list[tuple[int, int]] = []
    for index in range(start, end):
        if not _joins_back(text[index]):
            clusters.append((index, index + 1))
        elif clusters:
            clusters[-1] = (clusters[-1][0], index + 1)
        else:
            clusters.append((max(0, index - 1), index + 1))
    return clusters


# Starters that still compose with the character before them (Unicode: Quick_Check=Maybe with class 0).
_MAYBE = re.compile(
    r"[\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e"
    r"\u1161-\u1175\u11a8-\u11c2\u1b35\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930]"
)


@lru_cache(maxsize=4096)
def _folded_length(cluster: str) -> int:
    return len(unicodedata.normalize("NFKC", cluster))


@lru_cache(maxsize=4096)
def _joins_back(char: str) -> bool:
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.combining(first) != 0 or _MAYBE.match(first) is not None
