"""Which causes a text looks like, by the words it shares with what customers told of each, and by what rules made of
such texts: logistic regression over the lexicon (see `learn`). It orders the runners-up, and where rules are not sure
it has a say in the verdict (see `lean`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import exp, hypot, log

from .evidence import Span
from .lexicon import HEARD, UNIT, Lexicon, load_lexicon, tokens
from .minimise import minimise

_HEAD, _TAIL = 1_600, 800  # characters looked at
_SHOWN = 6
_APART = r"[ \t\n_-]{1,3}"  # between two words that are read as a pair; more is the structure of some record

Weights = tuple[tuple[str, float], ...]  # cause and weight


@dataclass(frozen=True, slots=True)
class Likeness:
    """`scores` by cause are logarithms of how likely each is by the words alone; together they are 1. `heard` is what
    they change by where rules speak for a cause, for each weight of one.
    """

    scores: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, Weights] = field(default_factory=dict)
    heard: Mapping[str, Weights] = field(default_factory=dict)

    def beside(self, rules: Mapping[str, float]) -> dict[str, float]:
        """The scores with what rules weigh, by cause; not brought to a sum of 1 again."""
        scores = dict(self.scores)
        for cause, weight in rules.items():
            for other, worth in self.heard.get(cause, ()):
                scores[other] += weight * worth
        return scores

    def shared(self, cause: str) -> tuple[str, ...]:
        """The words of the text that speak most for the cause."""
        worth = {word: dict(weights).get(cause, 0.0) for word, weights in self.words.items()}
        most = sorted(worth, key=lambda word: (-worth[word], word))[:_SHOWN]
        return tuple(word for word in most if worth[word] > 0)


class Resemblance:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._leanings = dict(zip(lexicon.causes, (each * UNIT for each in lexicon.leanings), strict=True))
        self._weights: dict[str, Weights] = {}
        self._heard = {
            word.removeprefix(HEARD): tuple(lexicon.weights(word))
            for word in lexicon.words
            if word.startswith(HEARD)
        }

    def compare(self, text: str) -> Likeness:
        text = minimise(text).text  # what is said to a model says nothing of the fault
        known = self._lexicon.words
        found = [word for word in tokens(text[:_HEAD] + "\n" + text[_HEAD:][-_TAIL:]) if word in known]
        words = {word: self._weights_of(word) for word in sorted(found)}
        length = hypot(*map(self._lexicon.rarity, words)) or 1.0
        sums: dict[str, float] = defaultdict(float)
        for weights in words.values():
            for cause, weight in weights:
                sums[cause] += weight
        scores = {cause: leaning + sums[cause] / length for cause, leaning in self._leanings.items()}
        most = max(scores.values())
        whole = most + log(sum(exp(score - most) for score in scores.values()))
        return Likeness({cause: score - whole for cause, score in scores.items()}, words, self._heard)

    def _weights_of(self, word: str) -> Weights:
        """What the word adds for each cause before the text's length is taken off; worked out when it is met first."""
        if word not in self._weights:
            rarity = self._lexicon.rarity(word)
            self._weights[word] = tuple(
                (cause, rarity * weight) for cause, weight in self._lexicon.weights(word)
            )
        return self._weights[word]


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
