"""An incident that correlation has opened: what it covers, and whether it still goes on."""

from collections import Counter
from dataclasses import dataclass, field

from .place import Place
from .tally import Cell, Window

CALM_TIMES = 2.0  # its usual count, up to which its place is calm again
CALM_MORE = 3.0
CALM_SHARE = 0.15  # of its own worst
LATELY = 600.0  # seconds
PAUSE = 720.0  # seconds of calm after which it stands for its own errors only
OWN_SHARE = 0.1  # of all that failed in its place, to be one of its errors


@dataclass(slots=True)
class Watch:
    """One count that tells whether it goes on. `usual` is what came in `LATELY` seconds before it began."""

    usual: float
    worst: int = 0
    window: Window = field(default_factory=Window)

    def is_active(self, oldest: int, growth: float) -> bool:
        self.window.forget_before(oldest)
        self.worst = max(self.worst, self.window.recent)
        return self.window.recent > max(CALM_TIMES * self.usual * growth + CALM_MORE, CALM_SHARE * self.worst)


@dataclass(slots=True)
class Running:
    place: Place
    opened_at: float
    all_errors: Watch
    same_error: Watch
    level: float  # of all failures when it began
    last_active: float
    is_paused: bool = False
    errors: Counter[str | None] = field(default_factory=Counter)

    def covers(self, cell: Cell) -> bool:
        """Customers' own errors go on beside it, unless it is about just these."""
        if cell.is_own and cell.place.fingerprint != self.place.fingerprint:
            return False
        return self.place.holds(cell.place) and (not self.is_paused or self.has_shown(cell.place.fingerprint))

    def has_shown(self, fingerprint: str | None) -> bool:
        if fingerprint == self.place.fingerprint:
            return True
        return self.errors[fingerprint] >= OWN_SHARE * self.errors.total()

    def note(self, step: int, cell: Cell) -> None:
        self.errors[cell.place.fingerprint] += len(cell.accounts)
        self.all_errors.window.add(step, cell.accounts, cell.failures)
        if cell.place.fingerprint == self.place.fingerprint:
            self.same_error.window.add(step, cell.accounts, cell.failures)

    def look(self, now: float, oldest: int, level: float) -> None:
        """Whether it goes on; `level` is that of all failures now, which follows the rhythm of the day."""
        growth = max(1.0, level / (self.level or level or 1.0))
        watches = [watch.is_active(oldest, growth) for watch in (self.all_errors, self.same_error)]
        if any(watches):
            self.last_active = now
        self.is_paused = now - self.last_active > PAUSE
