"""What is planted in a synthetic day: incidents that should be found, and decoys that should not."""

from dataclasses import dataclass

from tests.performance.failure_errors import Error


@dataclass(frozen=True, slots=True)
class Planted:
    """An incident that should be found: `model` and `route` are None where it is not about one."""

    start: float
    end: float
    provider: str
    model: str | None
    route: str | None
    per_minute: float
    accounts: tuple[int, ...]
    weights: tuple[float, ...]
    shape: str
    period: tuple[float, float]
    errors: tuple[Error, ...]

    def rate(self, at: float) -> float:
        """Failures a minute at this second."""
        if not self.start <= at < self.end:
            return 0.0
        if self.shape == "ramp":
            return self.per_minute * min(1.0, (at - self.start) / 2700)
        on, off = self.period
        return self.per_minute if self.shape == "sharp" or (at - self.start) % (on + off) < on else 0.0


@dataclass(frozen=True, slots=True)
class Decoy:
    """Something that looks like trouble and is one customer's own, or over before anybody could act."""

    kind: str
    start: float
    end: float
    per_minute: float
    accounts: tuple[int, ...]
    places: tuple[tuple[str, str, str | None], ...]
    errors: tuple[Error, ...]

    def rate(self, at: float) -> float:
        if not self.start <= at < self.end:
            return 0.0
        grown = 0.2 + 0.8 * (at - self.start) / (self.end - self.start) if self.kind == "retry_storm" else 1.0
        return self.per_minute * grown
