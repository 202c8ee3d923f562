"""What else it could be: causes beside the chosen one, best first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .verdict import Cause, FiredRule
from .weigh import UNKNOWN

MOST = 4
SILENCED = 0.6  # a rule that was outspoken still says something
ALIKE = 0.25  # what is often taken for the chosen cause; the next one counts a fifth less
RESEMBLANCE = 0.5
DOUBT = 0.6  # the less sure, the likelier that the text does not tell


def runners_up(
    chosen: Cause,
    confidence: float,
    fired: Iterable[FiredRule],
    lookalikes: Mapping[str, Sequence[str]],
    resemblance: Mapping[str, float],
    causes: Mapping[str, Cause],
) -> tuple[Cause, ...]:
    """Rules that spoke for another cause count most, then what looks like the chosen one or like the text."""
    scores: dict[str, float] = defaultdict(float)
    for rule in fired:
        heard = rule.weight * (SILENCED if rule.silenced_by else 1.0)
        scores[rule.cause] = max(scores[rule.cause], heard)
    for place, slug in enumerate(lookalikes.get(chosen.slug, ())):
        scores[slug] += ALIKE * (1 - 0.2 * place)
    for slug, alike in resemblance.items():
        scores[slug] += RESEMBLANCE * alike
    scores[UNKNOWN] += DOUBT * (1 - confidence)
    ranked = sorted(scores, key=lambda slug: (-scores[slug], slug))
    return tuple(causes[slug] for slug in ranked if slug != chosen.slug and slug in causes)[:MOST]
