"""Where no rule is sure, rules and words decide together which cause is the likeliest: each as far as it was right on
the texts that the lexicon was learned from, and with how usual a cause is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from .resemblance import Likeness, places_of
from .verdict import LIKELY, Cause, FiredRule, Reason, Words
from .weigh import Weighed

TOLD_ALIKE = "told-alike"  # stands among the rules that fired where the words decided
FEWEST = 30  # known words of a text that tells enough
USUAL = 0.1  # how much it counts how usual a cause is
MOST = LIKELY - 0.01  # words alone are right in two of three cases: never more than an unsure verdict
CLEARLY = 2.0  # times as likely as what the rules say
_BECAUSE = Words(
    "In its words this is most like what is told of this cause; no rule that is sure names another one.",
    "从用词看，这最像人们对这一原因的描述；没有规则能确定指向别的原因。",
)


@dataclass(frozen=True, slots=True)
class Leaning:
    """`confidence` is the share of all causes with its verdict, and at most that of an unsure one."""

    cause: str
    confidence: float
    words: tuple[str, ...]

    def among(self, fired: Iterable[FiredRule], text: str) -> tuple[FiredRule, ...]:
        """As one of the rules that fired: those that spoke for another cause were outspoken by the words of `text`."""
        places = places_of(self.words, text)
        shared = Reason("text", "words as they are told", ", ".join(self.words), places)
        mine = FiredRule(TOLD_ALIKE, self.cause, self.confidence, _BECAUSE, (shared,) if self.words else ())
        return mine, *(
            rule if rule.silenced_by or rule.cause == self.cause else replace(rule, silenced_by=TOLD_ALIKE)
            for rule in fired
        )


def lean(
    chosen: str,
    weighed: Sequence[Weighed],
    likeness: Likeness,
    causes: Mapping[str, Cause],
    refuted: Collection[str] = (),
) -> Leaning | None:
    """None where the text has too few words that are known. `chosen` by the rules stands unless another cause is
    clearly likelier, and none of `refuted`: rules know better there.
    """
    if len(likeness.words) < FEWEST:
        return None
    shares = shares_of(weighed, likeness, causes)
    best = max(shares.keys() - refuted, key=lambda slug: shares[slug])
    is_said = any(each.cause == chosen for each in weighed)
    if is_said and shares[best] < CLEARLY * shares[chosen]:
        best = chosen
    side = causes[best].verdict
    of_side = sum(share for slug, share in shares.items() if causes[slug].verdict is side)
    return Leaning(best, round(min(of_side, MOST), 3), likeness.shared(best))


def shares_of(
    weighed: Sequence[Weighed], likeness: Likeness, causes: Mapping[str, Cause]
) -> dict[str, float]:
    """How likely each cause is beside the others; together 1. A cause that nothing is told of, as those that operators
    add, is as likely as its rules say.
    """
    heard = {each.cause: each.weight for each in weighed if each.cause in causes}
    scores = likeness.beside(heard) or dict.fromkeys(causes, 0.0)
    signs = {slug: scores[slug] + USUAL * log(causes[slug].usual) for slug in causes if slug in scores}
    most = max(signs.values())
    odds = {slug: exp(sign - most) for slug, sign in signs.items()}
    shares = dict.fromkeys(causes, 0.0) | {slug: each / sum(odds.values()) for slug, each in odds.items()}
    for slug in heard.keys() - scores.keys():
        shares = {other: share * (1 - heard[slug]) for other, share in shares.items()}
        shares[slug] = heard[slug]
    return shares
