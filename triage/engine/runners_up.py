"""What else it could be: causes beside the chosen one, best first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from .verdict import Cause, FiredRule

MOST = 4
HEARD = 0.5  # of what a rule weighs
SILENCED = 0.6  # a rule that was outspoken still says something
ALIKE = 0.05  # what is often taken for the chosen cause; the next one counts a fifth less


def runners_up(
    chosen: Cause,
    fired: Iterable[FiredRule],
    lookalikes: Mapping[str, Sequence[str]],
    shares: Mapping[str, float],
    causes: Mapping[str, Cause],
) -> tuple[Cause, ...]:
    """By rules that spoke for another cause, by what is often taken for the chosen one, and by `shares`: how likely
    each is by rules and words together.
    """
    scores: dict[str, float] = defaultdict(float)
    for rule in fired:
        heard = rule.weight * (SILENCED if rule.silenced_by else 1.0)
        scores[rule.cause] = max(scores[rule.cause], HEARD * heard)
    for place, slug in enumerate(lookalikes.get(chosen.slug, ())):
        scores[slug] += ALIKE * (1 - 0.2 * place)
    for slug, share in shares.items():
        scores[slug] += sqrt(share)  # a tenth is worth mentioning
    ranked = sorted(scores, key=lambda slug: (-scores[slug], slug))
    return tuple(causes[slug] for slug in ranked if slug != chosen.slug and slug in causes)[:MOST]
