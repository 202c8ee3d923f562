"""The judged text by lines, with the words marked that made the reasons true."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

LINES_SHOWN = 24
WORD_REACH = 80  # characters that a mark may grow on each side to end with its word


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and the reasons that it made true, by their numbers."""

    start: int
    end: int
    numbers: tuple[int, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line. `first_of` are the reasons whose first mark this is: where their words link to."""

    text: str
    numbers: tuple[int, ...] = ()
    first_of: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        return ",".join(map(str, self.numbers))


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    pieces: tuple[Piece, ...]
    rules: tuple[str, ...]

    @property
    def is_marked(self) -> bool:
        return any(piece.numbers for piece in self.pieces)


def marked_lines(text: str, marks: Iterable[Mark]) -> tuple[Line, ...]:
    """All lines of the text. A mark inside another shares it; one that only overlaps begins where that ends."""
    apart = _apart([_whole_words(text, mark) for mark in marks])
    lines: list[Line] = []
    at = 0
    met: set[int] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        inside = [mark for mark in apart if mark.start < at + len(line) and mark.end > at]
        rules = dict.fromkeys(rule for mark in inside for rule in mark.rules)
        lines.append(Line(number, _pieces(line, at, inside, met), tuple(rules)))
        at += len(line) + 1
    return tuple(lines)


def around_marks(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A long text is shown around its marks first: each marked line with its neighbours."""
    if len(lines) <= LINES_SHOWN:
        return lines
    near = {number + step for number, line in enumerate(lines) if line.is_marked for step in (-1, 0, 1)}
    shown = tuple(line for number, line in enumerate(lines) if number in near)
    return (shown or lines)[:LINES_SHOWN]


def _whole_words(text: str, mark: Mark) -> Mark:
    """The mark grown to where its first and last word end, so that no number splits a word."""
    start, end = mark.start, mark.end
    while start > max(0, mark.start - WORD_REACH) and _is_in_a_word(text, start):
        start -= 1
    while end < min(len(text), mark.end + WORD_REACH) and _is_in_a_word(text, end):
        end += 1
    return replace(mark, start=start, end=end)


def _is_in_a_word(text: str, at: int) -> bool:
    """Chinese is written without gaps, so that only Latin words count."""
    before, after = text[at - 1 : at], text[at : at + 1]
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def _apart(marks: list[Mark]) -> list[Mark]:
    apart: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        last = apart[-1] if apart else None
        if last is None or mark.start >= last.end:
            apart.append(mark)
        elif mark.end <= last.end:
            apart[-1] = _joined(last, mark)
        else:
            apart.append(replace(mark, start=last.end))
    return apart


def _joined(mark: Mark, inner: Mark) -> Mark:
    numbers = tuple(sorted({*mark.numbers, *inner.numbers}))
    return replace(mark, numbers=numbers, rules=tuple(dict.fromkeys((*mark.rules, *inner.rules))))


def _pieces(line: str, at: int, marks: list[Mark], met: set[int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for mark in marks:
        first, last = max(mark.start - at, 0), min(mark.end - at, len(line))
        if first > done:
            pieces.append(Piece(line[done:first]))
        new = tuple(number for number in mark.numbers if number not in met)
        pieces.append(Piece(line[first:last], mark.numbers, new))
        met.update(new)
        done = last
    if done < len(line) or not pieces:
        pieces.append(Piece(line[done:]))
    return tuple(pieces)
