"""What is usual for a scope: its last hours, and this hour of the day and of the week as it was before.

Counts come in blocks of five minutes. A block is learned once it is ten minutes old, so that what begins now is not
yet held for usual. A block during which an incident covered part of the scope can
only teach that there is more than before; what is usual goes along with the rhythm of the day meanwhile.
"""

from collections import deque
from collections.abc import Mapping
from math import sqrt

BLOCK = 300  # seconds
LAG = 2  # blocks that wait before they are learned
SPANS = (12, 36)  # blocks that the two fading memories reach back: one hour, three hours
PER_HOUR = 3600 // BLOCK
WORTH_KEEPING = 4  # a peak below this is no pattern
NEWEST = 0.5  # weight of the newest week or day beside all before it
REMEMBERED = 8  # blocks for which it is known what was expected in them
OF_PEAK = 0.8  # what was a peak at this hour is nearly usual at this hour


class Baseline:
    """The usual count per block; more cautious (higher) the less has been seen."""

    __slots__ = (
        "_earlier",
        "_hour",
        "_known",
        "_means",
        "_peak",
        "_pending",
        "_season",
        "_weights",
        "learned",
        "news",
    )

    def __init__(self, first: int, now: int, season: Mapping[int, float] | None = None) -> None:
        """Watched since block `first`, in which nothing came until `now`. `season` are peaks known from before."""
        self.learned = max(first, now - LAG) - 1
        seen = self.learned - first + 1
        self._means = [0.0, 0.0]
        self._weights = [1 - (1 - 1 / span) ** seen for span in SPANS]
        self._pending: list[tuple[int, int, float]] = []
        self._known = (-1, 0.0)
        self._earlier: deque[tuple[int, float]] = deque(maxlen=REMEMBERED)
        self._hour = -1
        self._peak = 0
        self._season = dict(season or {})  # peaks by slot: 0–23 hour of day, 24–191 hour of week
        self.news: dict[int, float] = {}  # slots of the season that changed, for whoever keeps them

    def add(self, block: int, count: int, *, growth: float = 0.0) -> None:
        """What came in this block; blocks come in order, those in which nothing came may be left out. `growth` is
        given where an incident covered part of it: by how much all failures grew.
        """
        self._pending.append((block, count, growth))

    def per_block(self, block: int) -> float:
        """What may be expected in this block."""
        if self._known[0] != block:
            self.learn(block - LAG)
            self._known = (block, max(self._recent(), self._seasonal(block // PER_HOUR)))
            self._earlier.append(self._known)
        return self._known[1]

    def per_block_before(self, block: int) -> float:
        """What could be expected in this block that is past; where it was not asked then, what was soon after."""
        before = [value for at, value in self._earlier if at <= block]
        return before[-1] if before else self._earlier[0][1]

    def learn(self, until: int) -> None:
        """Take in the blocks before `until`."""
        while self._pending and self._pending[0][0] < until:
            block, count, growth = self._pending.pop(0)
            self._take(0, block - self.learned - 1)
            self._take(count, 1, growth=growth)
            self._note(block // PER_HOUR, count)
            self.learned = block
        if until - 1 > self.learned:
            self._take(0, until - 1 - self.learned)
            self.learned = until - 1

    @property
    def is_idle(self) -> bool:
        return not self._pending and not self._season and max(self._means) < 0.01

    def _take(self, count: int, blocks: int, *, growth: float = 0.0) -> None:
        if blocks <= 0:
            return
        for at, span in enumerate(SPANS):
            kept = (1 - 1 / span) ** blocks
            learned = self._means[at] * kept + count * (1 - kept)
            self._means[at] = max(learned, self._means[at] * growth)
            self._weights[at] = 1 - (1 - self._weights[at]) * kept

    def _note(self, hour: int, count: int) -> None:
        if hour != self._hour:
            self._end_hour()
            self._hour, self._peak = hour, 0
        self._peak = max(self._peak, count)

    def _end_hour(self) -> None:
        for slot in _slots(self._hour) if self._hour >= 0 else ():
            before = self._season.get(slot)
            peak = self._peak if before is None else before + (self._peak - before) * NEWEST
            if peak >= WORTH_KEEPING:
                self._season[slot] = self.news[slot] = peak
            elif self._season.pop(slot, None) is not None:
                self.news[slot] = 0.0

    def _recent(self) -> float:
        """An upper bound of the rate: two counts more than seen when nothing was seen."""
        rates = []
        for mean, weight, span in zip(self._means, self._weights, SPANS, strict=True):
            seen = mean * span
            rates.append((seen + 1 + sqrt(seen + 1)) / max(weight * span, 0.5))
        return max(rates)

    def _seasonal(self, hour: int) -> float:
        if not self._season:
            return 0.0
        return OF_PEAK * max(self._season.get(slot, 0.0) for slot in _slots(hour))


def _slots(hour: int) -> tuple[int, int]:
    return hour % 24, 24 + hour % 168
