"""Hearing what customers tell: which stories of the catalogue their own words hold, and where."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache

import re2

from .catalogue.stories import Story, load_stories
from .evidence import Span
from .pattern import pattern_options

LONGEST_SENTENCE = 400
_COMMAS = "，,、"
_END = re.compile(r"[\n。！？!?；;]|\.(?=\s|$)")
_ASKED = re2.compile(  # a question that yes or no would answer tells nothing, nor does what only might be
    r"\A\s*(is|are|does|do|did|can|could|should|will|would|has|have|may|if|how (do|can|to)|what if)\b.*\?\s*\z|"
    r"(吗|嘛|么)\s*[?？]?\s*\z|是不是|有没有|能不能|可不可以|要不要|需不需要|难不难|会不会|是否.*[?？]|如果.*(怎么|会|要)|怎么(检查|判断|查看)",
    pattern_options(),
)

_RECITED = re2.compile(  # what an error says to its reader, pasted among the customer's own words
    r"\A\W*(your (account|api[- ]?key|credit|request|organi[sz]ation|prompt|quota|current|plan)|"
    r"you (are using|have (exceeded|reached|been|insufficient)|exceeded|must|need to|do not have|don't have))\b",
    pattern_options(),
)
_FIRST_PERSON = re2.compile(r"\b(i|my|we|our|me|us)\b|我", pattern_options())


def hear(stretches: Iterable[tuple[int, str]], supposed: Iterable[Span] = ()) -> dict[str, tuple[str, Span]]:
    """By signal name the words that were heard first. `stretches` are offsets and texts of told words.

    What lies in `supposed` is only a guess of the customer's and is not heard.
    """
    guessed = tuple(supposed)
    heard: dict[str, tuple[str, Span]] = {}
    for offset, text in stretches:
        for signal, match in _listener().told(text, heard):
            span = Span(offset + match.start, offset + match.end)
            if not any(part.start <= span.start < part.end for part in guessed):
                heard[signal] = (text[match.start : match.end], span)
    return heard


class _Listener:
    """All stories compiled once; a stretch is read sentence by sentence only for stories it may hold."""

    def __init__(self, stories: Mapping[str, Story]) -> None:
        self._filter, options = re2.Filter(), pattern_options()
        self._signals: list[str] = []
        for signal, story in stories.items():
            for pattern in story.hear:
                self._filter.Add(pattern, options)
                self._signals.append(signal)
        self._filter.Compile()
        self._unless = {
            signal: [re2.compile(pattern, options) for pattern in story.unless]
            for signal, story in stories.items()
        }

    def told(self, text: str, known: Container[str]) -> Iterator[tuple[str, Span]]:
        """What each sentence tells, but for signals that are `known` by then."""
        possible = sorted(self._filter.Match(text.encode("utf-8")) or ()) if text.strip() else []
        if not possible:
            return
        for start, sentence in _sentences(text):
            if _ASKED.search(sentence) or (_RECITED.search(sentence) and not _FIRST_PERSON.search(sentence)):
                continue
            for index in possible:
                signal = self._signals[index]
                match = None if signal in known else self._filter.re(index).search(sentence)
                if match and not self._is_spoilt(signal, sentence, *match.span()):
                    yield signal, Span(start + match.start(), start + match.end())

    def _is_spoilt(self, signal: str, sentence: str, start: int, end: int) -> bool:
        """Whether the clause that was heard takes itself back: `works` in `curl also works not`."""
        if not self._unless[signal]:
            return False
        before = max(sentence.rfind(comma, 0, start) for comma in _COMMAS)
        after = min(
            (at for comma in _COMMAS if (at := sentence.find(comma, end)) >= 0), default=len(sentence)
        )
        return any(pattern.search(sentence[before + 1 : after]) for pattern in self._unless[signal])


@cache
def _listener() -> _Listener:
    return _Listener(load_stories())


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        for at in range(start, end, LONGEST_SENTENCE):
            sentence = text[at : min(at + LONGEST_SENTENCE, end)]
            if not sentence.isspace():
                yield at, sentence
        start = end
