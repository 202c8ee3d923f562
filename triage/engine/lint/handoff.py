"""Words in a hand-off that leave the engineer guessing, each with what to write instead."""

from collections.abc import Iterator
from dataclasses import dataclass

import re2

from ..evidence import Span
from ..verdict import Words
from .vague import PHRASES


@dataclass(frozen=True, slots=True)
class Vague:
    """`span` counts characters of the text that was checked; `word` is what stands there."""

    span: Span
    word: str
    suggestion: Words


# What a customer said word for word may be vague.
_QUOTED = re2.compile(
    r"(?s)```.*?(?:```|$)|`[^`\n]+`|\"[^\"\n]{1,300}\"|“[^”\n]{1,300}”|「[^」\n]{1,300}」|(?m:^>.*$)"
)
_UNIT = (
    r"(?:m?s\b|sec\w*|min\w*|h\b|hours?|days?|%|of\b|out\b|times\b|accounts?|customers?|users?|people|requests?|calls?"
    r"|tickets?|models?|keys?|utc\b|/|秒|分|次|个|小时|天|成|点|位|家|张)"
)
# A number with a unit, or a time of day; the 4 of gpt-4o is neither.
_MEASURED = re2.compile(
    rf"(?i)(?:^|[^\w.-])\d+(?:[.,]\d+)?\s*{_UNIT}|\d:\d\d|\b(?:one|two|three|four|five|ten|half|each)\b"
    r"|每[次个天]|[一二三四五六七八九十两]\s*(?:个|次|秒|分|成|位)"
)
_NEAR_BEFORE, _NEAR_AFTER = 16, 32
_PHRASE_END = re2.compile(r"[.!?;。！？；\n]")
_PATTERNS = tuple((re2.compile(rf"(?i){phrase.pattern}"), phrase) for phrase in PHRASES)
_ANY = re2.compile("(?i)" + "|".join(phrase.pattern for phrase in PHRASES))


def vague_words(text: str) -> tuple[Vague, ...]:
    """Every vague word in the order of the text, but for those that a measure beside them settles."""
    quoted = tuple(_QUOTED.finditer(text))
    plain = _without(text, [Span(found.start(), found.end()) for found in quoted])
    return tuple(_found(plain))


def _found(text: str) -> Iterator[Vague]:
    for found in _ANY.finditer(text):
        word = found.group()
        phrase = next(phrase for pattern, phrase in _PATTERNS if pattern.fullmatch(word))
        if not (phrase.settled_by_measure and _is_measured(text, found.start(), found.end())):
            yield Vague(Span(found.start(), found.end()), word, phrase.instead)


def _is_measured(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _NEAR_BEFORE) : start]
    after = text[end : end + _NEAR_AFTER]
    cut = [found.end() for found in _PHRASE_END.finditer(before)]
    stop = _PHRASE_END.search(after)
    near = before[cut[-1] if cut else 0 :] + (after[: stop.start()] if stop else after)
    return _MEASURED.search(near) is not None


def _without(text: str, spans: list[Span]) -> str:
    """The text with these stretches blanked; offsets stay true."""
    pieces: list[str] = []
    done = 0
    for span in spans:
        pieces += (text[done : span.start], "·" * (span.end - span.start))
        done = span.end
    return "".join((*pieces, text[done:]))
