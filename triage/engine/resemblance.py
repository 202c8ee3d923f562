"""Which causes a text looks like, by the words it shares with what customers told of each: complement naive Bayes
(Rennie et al., 2003) over the lexicon.

A word speaks for a cause by how seldom it stands in the tellings of all others. It orders the runners-up, and where
rules are not sure it has a say in the verdict (see `lean`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import log

from .evidence import Span
from .lexicon import Lexicon, load_lexicon, tokens
from .minimise import minimise

_HEAD, _TAIL = 1_600, 800  # characters looked at
_SMOOTH = 1.0  # texts that each word is taken to stand in besides
_SHOWN = 6
_APART = r"[ \t\n_-]{1,3}"  # between two words that are read as a pair; more is the structure of some record

Lift = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`scores` by cause are log-likelihoods beside that of the likeliest: 0 for it, less for the others."""

    scores: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, Lift] = field(default_factory=dict)

    def shared(self, cause: str) -> tuple[str, ...]:
        """The words of the text that speak most for the cause."""
        worth = {word: dict(lift).get(cause, 0.0) for word, lift in self.words.items()}
        most = sorted(worth, key=lambda word: (-worth[word], word))[:_SHOWN]
        return tuple(word for word in most if worth[word])


class Resemblance:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        by_cause = [0] * len(lexicon.causes)
        for word in lexicon.counts:
            for place, texts in lexicon.told(word):
                by_cause[place] += texts
        everything = sum(by_cause) + _SMOOTH * len(lexicon.counts)
        # A word that stands in no telling of the cause: what the size of the others makes of it.
        self._size = {
            cause: log(everything - texts) for cause, texts in zip(lexicon.causes, by_cause, strict=True)
        }
        self._lifts: dict[str, Lift] = {}

    def compare(self, text: str) -> Likeness:
        text = minimise(text).text  # what is said to a model says nothing of the fault
        words = {
            word: self._lift(word)
            for word in tokens(text[:_HEAD] + "\n" + text[_HEAD:][-_TAIL:])
            if word in self._lexicon.counts
        }
        if not words:
            return Likeness()
        found: dict[str, float] = defaultdict(float)
        for lift in words.values():
            for cause, worth in lift:
                found[cause] += worth
        scores = {cause: found[cause] + len(words) * size for cause, size in self._size.items()}
        most = max(scores.values())
        return Likeness({cause: score - most for cause, score in scores.items()}, words)

    def _lift(self, word: str) -> Lift:
        """Worked out when a word is met first."""
        if word not in self._lifts:
            told = self._lexicon.told(word)
            seen = _SMOOTH + sum(texts for _, texts in told)
            self._lifts[word] = tuple(
                (self._lexicon.causes[place], log(seen / (seen - texts))) for place, texts in told
            )
        return self._lifts[word]


@cache
def known_words() -> Resemblance:
    return Resemblance(load_lexicon())


@lru_cache(maxsize=4)
def likeness_of(text: str) -> Likeness:
    """By the built-in lexicon. Two rule sets that are compared ask of the same text one after the other."""
    return known_words().compare(text)


def places_of(words: Iterable[str], text: str) -> tuple[Span, ...]:
    """Where each stands first, in the order of the text; what touches or overlaps is one stretch."""
    found: list[Span] = []
    for word in words:
        pattern = _APART.join(map(re.escape, word.split(" ")))
        if place := re.search(rf"(?<![a-z]){pattern}(?![a-z])", text, re.IGNORECASE):
            found.append(Span(*place.span()))
    stretches: list[Span] = []
    for span in sorted(found, key=lambda span: span.start):
        if stretches and span.start <= stretches[-1].end:
            before = stretches.pop()
            span = Span(before.start, max(before.end, span.end))
        stretches.append(span)
    return tuple(stretches)
