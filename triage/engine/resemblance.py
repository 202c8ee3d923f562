"""Which causes a text looks like, by the words it shares with the known cases of the rules.

Used to order runners-up, never to give a verdict: shared words are no reason that could be shown.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from math import log

from .catalogue import load_catalogue

_RUN = re.compile(r"[a-z]+|[0-9]{3}(?![0-9])|[\u4e00-\u9fff]+")
_HEAD, _TAIL = 1_600, 800  # characters looked at
_OF_A_SENTENCE = 0.7  # a sentence about a cause counts for less than a case
_TOO_COMMON = 0.08  # share of all cases; such a token tells nothing


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

    def scores(self, text: str) -> Mapping[str, float]:
        """From 0 to 1 by cause; the one that the text looks like most has 1."""
        found: dict[str, float] = defaultdict(float)
        for token in tokens(text[:_HEAD] + "\n" + text[_HEAD:][-_TAIL:]):
            for cause, lift in self._lifts.get(token, ()):
                found[cause] += lift
        most = max(found.values(), default=1.0)
        return {cause: score / most for cause, score in found.items()}


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
