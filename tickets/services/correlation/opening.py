"""An incident that correlation would open, with the numbers that made it."""

from dataclasses import dataclass

from .place import Place


@dataclass(frozen=True, slots=True)
class Opening:
    """`at` is in seconds since 1970. `expected` is what the baseline let one expect of `counted` within `window`
    seconds; both count an account once in each step, so that nobody weighs more than a few.
    """

    at: float
    place: Place
    since: float
    accounts: int
    failures: int
    counted: float
    expected: float
    window: float
