"""How well correlation did on a synthetic day: missed, false, second ones, and the delay."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.performance.failure_days import MIDNIGHT, Day
from tests.performance.failure_plants import Planted
from tickets.services.correlation import Opening

AFTER = 35 * 60  # seconds after its end in which an opening still belongs to an incident


@dataclass(slots=True)
class Score:
    missed: list[Planted] = field(default_factory=list)
    false: list[Opening] = field(default_factory=list)
    second: list[Opening] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    narrow: int = 0  # named exactly what was planted

    @property
    def median_delay(self) -> float:
        return statistics.median(self.delays) if self.delays else 0.0

    @property
    def is_good(self) -> bool:
        return not (self.missed or self.false or self.second) and self.median_delay < 180


def score(day: Day, openings: Sequence[Opening]) -> Score:
    result = Score()
    found: set[int] = set()
    for opening in openings:
        at = opening.at - MIDNIGHT
        hits = [
            number
            for number, one in enumerate(day.planted)
            if one.start <= at <= one.end + AFTER and is_of(one, opening)
        ]
        if not hits:
            result.false.append(opening)
            continue
        fresh = [number for number in hits if number not in found]
        if not fresh:
            result.second.append(opening)
            continue
        one = day.planted[fresh[0]]
        found.add(fresh[0])
        result.delays.append(at - one.start)
        result.narrow += (opening.place.model, opening.place.route) == (one.model, one.route)
    result.missed = [one for number, one in enumerate(day.planted) if number not in found]
    return result


def is_of(one: Planted, opening: Opening) -> bool:
    place = opening.place
    return (
        place.provider in (one.provider, None)
        and (place.model is None or one.model in (None, place.model))
        and (place.route is None or one.route in (None, place.route))
    )
