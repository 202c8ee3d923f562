"""Whether a text that goes out is still the canned reply that it began as.

A reply's record (sent, settled) steers which one is suggested, so a text that was cleared and written anew must not
count for it. Added sentences and edits do not matter: only how much of the reply's own words is left.
"""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from tickets.models import CannedReply

ENOUGH = 1 / 3  # of the reply's own words, by their length
ALIKE = 80  # of 100: a stretch with a word or two changed is still that stretch
SHORTEST = 6  # characters; a lone word stands in many texts
# Between the blanks, which hold another customer's facts each time, and the ends of sentences.
_CUT = re.compile(r"\{[^{}\n]*\}|(?<=[.!?:;])\s+|[。！？：；\n]+")


def kept_reply(reply: CannedReply | None, body: str) -> CannedReply | None:
    """The reply, where enough of it is left in the text in any of its languages. One statement where there is one."""
    if reply is None:
        return None
    originals = list(reply.texts.values_list("body", flat=True))
    is_left = not originals or any(left_of(original, body) >= ENOUGH for original in originals)
    return reply if is_left else None


def left_of(original: str, body: str) -> float:
    """How much of the original stands in the text, from 0 to 1. Nothing but blanks counts as left."""
    stretches = list(_stretches(original))
    whole = sum(map(len, stretches))
    said = " ".join(body.split())
    kept = sum(len(stretch) for stretch in stretches if _stands_in(said, stretch))
    return kept / whole if whole else 1.0


def _stretches(original: str) -> Iterator[str]:
    for cut in _CUT.split(original):
        stretch = " ".join(cut.split())
        if len(stretch) >= SHORTEST:
            yield stretch


def _stands_in(said: str, stretch: str) -> bool:
    # The shorter one is looked for in the longer: a single word stands in every sentence.
    alike = fuzz.partial_ratio if len(said) >= len(stretch) else fuzz.ratio
    return alike(stretch, said, score_cutoff=ALIKE) >= ALIKE
