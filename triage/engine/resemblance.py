"""Which causes a text looks like, by the words it shares with the known cases of the rules.

Orders the runners-up. Where no rule speaks at all it also gives a verdict, an unsure one that names the words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

from .catalogue import load_catalogue
from .minimise import minimise
from .verdict import FiredRule, Reason, Words

_RUN = re.compile(r"[a-z]+|[0-9]{3}(?![0-9])|[\u4e00-\u9fff]+")
_HEAD, _TAIL = 1_600, 800  # characters looked at
_OF_A_SENTENCE = 0.7  # a sentence about a cause counts for less than a case
_TOO_COMMON = 0.08  # share of all cases; such a token tells nothing
_FEWEST = 12  # tokens of a text that tells enough
_ENOUGH = 12.0  # below this the shared words are a coincidence
_AHEAD = 1.5  # of the next cause, or else it could be either
_WEIGHT = 0.35
_SHOWN = 6
RESEMBLES = "resembles-known-cases"
_BECAUSE = Words(
    "No rule names this; in its words it is like known cases of this cause.",
    "没有规则直接命中；从用词看，它与这一原因的已知案例相似。",
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`scores` from 0 to 1 by cause; `leader` is the cause that is clearly ahead, if any, with the words it shares."""

    scores: Mapping[str, float]
    leader: str = ""
    words: tuple[str, ...] = ()

    def as_rule(self) -> FiredRule | None:
        """What stands in for a rule where none spoke."""
        if not self.leader:
            return None
        shared = Reason("text", "words of known cases", ", ".join(self.words))
        return FiredRule(RESEMBLES, self.leader, _WEIGHT, _BECAUSE, (shared,))


class Resemblance:
    """For each token, how much more often it stands in the cases of a cause than in all cases."""

    def __init__(self, cases: Iterable[tuple[str, str, float]]) -> None:
        by_token: dict[str, Counter[str]] = defaultdict(Counter)
        by_cause: Counter[str] = Counter()
        for cause, text, worth in cases:
            by_cause[cause] += worth  # type: ignore[assignment]
            for token in tokens(text):
                by_token[token][cause] += worth  # type: ignore[assignment]
        total = sum(by_cause.values())
        self._lifts: dict[str, tuple[tuple[str, float], ...]] = {}
        for token, counts in by_token.items():
            seen = sum(counts.values())
            if seen <= total * _TOO_COMMON:
                lifts = (
                    (cause, _lift(count, seen, by_cause[cause] / total)) for cause, count in counts.items()
                )
                self._lifts[token] = tuple((cause, lift) for cause, lift in lifts if lift > 0)

    def compare(self, text: str) -> Likeness:
        found: dict[str, float] = defaultdict(float)
        text = minimise(text).text  # what is said to a model says nothing of the fault
        read = tokens(text[:_HEAD] + "\n" + text[_HEAD:][-_TAIL:])
        for token in read:
            for cause, lift in self._lifts.get(token, ()):
                found[cause] += lift
        first, second = (*sorted(found.values(), reverse=True)[:2], 0.0, 0.0)[:2]
        scores = {cause: score / first for cause, score in found.items()}
        if len(read) < _FEWEST or first < _ENOUGH or first < _AHEAD * second:
            return Likeness(scores)
        leader = max(found, key=lambda cause: found[cause])
        return Likeness(scores, leader, self._shared(read, leader))

    def _shared(self, read: Iterable[str], cause: str) -> tuple[str, ...]:
        worth = {token: dict(self._lifts.get(token, ())).get(cause, 0.0) for token in read}
        most = sorted(worth, key=lambda token: (-worth[token], token))[:_SHOWN]
        return tuple(token for token in most if worth[token])


def tokens(text: str) -> set[str]:
    """Words and pairs of words, statuses, and pairs of Chinese characters."""
    found: set[str] = set()
    before = ""
    for run in _RUN.findall(text.lower()):
        if run[0] > "z":
            found.update(run[at : at + 2] for at in range(len(run) - 1))
            before = ""
            continue
        if len(run) > 1:
            found.add(run)
        if before:
            found.add(f"{before} {run}")
        before = run
    return found


@cache
def known_cases() -> Resemblance:
    """The cases of the built-in rules, and what is said about the built-in causes."""
    catalogue = load_catalogue()
    cases = [(rule.cause, case.text, 1.0) for rule in catalogue.rule_set.rules for case in rule.fires_on]
    for cause in catalogue.causes.values():
        for words in (cause.title, cause.plain, cause.check, cause.admin):
            cases += [(cause.slug, words.en, _OF_A_SENTENCE), (cause.slug, words.zh, _OF_A_SENTENCE)]
    return Resemblance(cases)


def _lift(count: float, seen: float, usual: float) -> float:
    share = count / (seen + 1)
    return log(share / usual) * seen / (seen + 1) if share > usual else 0.0
