"""Correlation over failures from a file, with the clock taken from them. It reads and answers; nothing is stored."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tickets.services.failure.reading import read_row

from .correlator import Correlator
from .errors import Errors
from .opening import Opening
from .thresholds import Thresholds

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that could not be read, and why."""

    line: int
    why: str


class Replay:
    """`openings` lives through the lines; of the rows only counts are kept."""

    def __init__(self, thresholds: Thresholds) -> None:
        self.errors = Errors()
        self.refused: list[Refused] = []  # the first few
        self.refused_count = 0
        self._correlator = Correlator(thresholds, self.errors.is_own)

    def openings(self, lines: Iterable[bytes | str]) -> Iterator[Opening]:
        """What would have been opened, in order."""
        of, add = self.errors.of, self._correlator.add
        for number, line in enumerate(lines, 1):
            try:
                row = read_row(json.loads(line))
            except (ValueError, RecursionError) as refusal:
                self._refuse(number, line, refusal)
                continue
            error = of(row).fingerprint
            at = row.occurred_at.timestamp()
            yield from add(at, row.provider, row.model, row.route or None, error, row.account)
        yield from self._correlator.end()

    def _refuse(self, number: int, line: bytes | str, why: Exception) -> None:
        if not line.strip():
            return
        self.refused_count += 1
        if len(self.refused) < MOST_TOLD:
            self.refused.append(Refused(number, str(why)))
