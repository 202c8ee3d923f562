from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """So many calls within so many seconds."""

    most: int
    seconds: int
