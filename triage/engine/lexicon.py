"""Which words stand in tellings of which cause, and how often: what the built-in lexicon file keeps.

The lexicon is learned from the tellings, which are written for it, from the cases of the rules, and from what is said
about the causes. `manage.py rules learn` writes it anew; nothing is learned while the product runs.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .catalogue import HOME

FILE = HOME / "lexicon.txt"
FEWEST = 2  # texts that a word stands in; one alone is a chance
_RUN = re.compile(r"[a-z]+|[0-9]{3}(?![0-9])|[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`counts` names for each word the causes it was told of, as `place:texts place:texts`, places in `causes`."""

    causes: tuple[str, ...]
    counts: Mapping[str, str]

    def told(self, word: str) -> tuple[tuple[int, int], ...]:
        """Places of causes with the number of texts that hold the word."""
        return _parsed(self.counts.get(word, ""))

    def as_text(self) -> str:
        lines = (f"{word}\t{counts}" for word, counts in sorted(self.counts.items()))
        return "\n".join((" ".join(self.causes), *lines)) + "\n"

    @classmethod
    def from_text(cls, text: str) -> "Lexicon":
        first, *lines = text.splitlines()
        return cls(tuple(first.split(" ")), dict(line.split("\t") for line in lines))


def learn(texts: Iterable[tuple[str, str]]) -> Lexicon:
    """From pairs of a cause and a text of it."""
    by_word: dict[str, Counter[str]] = defaultdict(Counter)
    causes: set[str] = set()
    for cause, text in texts:
        causes.add(cause)
        for word in tokens(text):
            by_word[word][cause] += 1
    ordered = tuple(sorted(causes))
    place = {cause: at for at, cause in enumerate(ordered)}
    return Lexicon(
        ordered,
        {
            word: " ".join(f"{place[cause]}:{told[cause]}" for cause in sorted(told))
            for word, told in by_word.items()
            if told.total() >= FEWEST
        },
    )


def tokens(text: str) -> set[str]:
    """Words and pairs of words, statuses, and Chinese characters by twos and threes."""
    return set(_tokens(text.lower()))


@cache
def load_lexicon(path: Path = FILE) -> Lexicon:
    return Lexicon.from_text(path.read_text(encoding="utf-8"))


def _tokens(text: str) -> Iterator[str]:
    before = ""
    for run in _RUN.findall(text):
        if run[0] > "z":
            yield from (run[at : at + size] for size in (2, 3) for at in range(len(run) - size + 1))
            before = ""
            continue
        if len(run) > 1:
            yield run
        if before:
            yield f"{before} {run}"
        before = run


def _parsed(counts: str) -> tuple[tuple[int, int], ...]:
    pairs = (pair.split(":") for pair in counts.split())
    return tuple((int(place), int(texts)) for place, texts in pairs)
