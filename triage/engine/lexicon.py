"""Which words speak for which cause, and how much, and how far the rules are to be trusted beside them: what the
built-in lexicon file keeps.

The lexicon is learned from the tellings, which are written for it, from the cases of the rules, and from what is said
about the causes. `manage.py rules learn` writes it anew (see `learn`); nothing is learned while the product runs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from .catalogue import HOME

FILE = HOME / "lexicon.txt"
UNIT = 0.01  # the file keeps whole hundredths
HEARD = "@"  # before a cause: the word that says that rules speak for it; a text holds none of these
_RUN = re.compile(r"[a-z]+|[0-9]{3}(?![0-9])|[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`words` tells of each word how rare it is, and the causes it speaks for or against, as
    `rarity place:weight place:weight`: hundredths, and places in `causes`. Among them stands `@key.invalid`: what it
    means where rules speak for that cause, for each weight of one. `leanings` are those of a text without a known
    word. `source` names the texts and rules from which it was learned.
    """

    source: str
    causes: tuple[str, ...]
    leanings: tuple[int, ...]
    words: Mapping[str, str]

    def rarity(self, word: str) -> float:
        return int(self.words[word].partition(" ")[0]) * UNIT

    def weights(self, word: str) -> Iterator[tuple[str, float]]:
        for pair in self.words[word].split(" ")[1:]:
            place, _, weight = pair.partition(":")
            yield self.causes[int(place)], int(weight) * UNIT

    def as_text(self) -> str:
        lines = (f"{word}\t{told}" for word, told in sorted(self.words.items()))
        leanings = " ".join(map(str, self.leanings))
        return "\n".join((self.source, " ".join(self.causes), leanings, *lines)) + "\n"

    @classmethod
    def from_text(cls, text: str) -> "Lexicon":
        source, causes, leanings, *lines = text.splitlines()
        words = dict(line.split("\t") for line in lines)
        return cls(source, tuple(causes.split(" ")), tuple(map(int, leanings.split(" "))), words)


def source_of(texts: Iterable[tuple[str, str]], rule_set: str = "") -> str:
    """The name of these pairs of a cause and a text, in whatever order, read by a version of the rules."""
    told = [rule_set, *sorted(f"{cause}\t{text}" for cause, text in texts)]
    return sha256("\n".join(told).encode()).hexdigest()


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
