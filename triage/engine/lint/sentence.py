"""Cutting a reply into sentences, so that a check never joins words that do not belong together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import re2

from ..evidence import Span

# Longer sentences are cut: each check then works on bounded pieces and the whole stays linear.
LONGEST = 1_000

_LIST_MARK = r"(?:[-*•]|\d{1,2}[.)、）]|[（(]\d{1,2}[)）])"
_END = re2.compile(
    r"[.!?;]+[\"'”’)]*(?:\s+|$)"  # Latin
    r"|[。！？；]+[”’）」]*\s*"  # Chinese
    rf"|\n[ \t]*\n\s*|\n[ \t]*(?:{_LIST_MARK}[ \t]*)"  # a new paragraph, a new list item
)


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    start: int

    @property
    def is_lead(self) -> bool:
        """It ends in a colon: what follows in a list belongs to it."""
        return self.text.rstrip().endswith((":", "："))


def sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for end in _END.finditer(text):
        yield from _pieces(text, start, end.start())
        start = end.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end:
        stop = end
        if end - start > LONGEST:
            space = text.rfind(" ", start, start + LONGEST)
            stop = space if space > start else start + LONGEST
        piece = text[start:stop]
        if piece.strip():
            yield Sentence(piece, start)
        start = stop


def blanked(pattern: Any, text: str) -> str:
    """The text with every match replaced by dots of the same length, so that offsets stay true."""
    return str(pattern.sub(lambda found: "·" * (found.end() - found.start()), text))


def apart(spans: Iterable[Span]) -> Iterator[Span]:
    """The first of those that overlap: one place is one objection, however many patterns found it."""
    end = -1
    for span in sorted(spans):
        if span.start >= end:
            yield span
            end = span.end
