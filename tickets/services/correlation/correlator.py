"""Lives through failures in the order of their time, and says what it would open."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping

from .baseline import BLOCK, REMEMBERED, Baseline
from .narrowing import Part, narrowest
from .opening import Opening
from .place import Place
from .running import LATELY, Running, Watch
from .tally import Cell, Scope, Step
from .thresholds import Thresholds
from .unusual import Look, View, is_unusual, lasting, look

STEP = 15  # seconds
QUICK_WINDOW = 240.0  # seconds: the short window, beside the operator's own
LONG = View(1800.0, times=1.6, lasting=900.0, doubt=1.15, most_steps=8, is_patient=True)
LONG_EVERY = 4  # steps: for what is weak and goes on, a look a minute is enough
FIRST_LESSON = 1200.0  # seconds of history before anything can be called unusual
WORTH_A_LOOK = 1.2  # times the usual
ONE_ERROR = 0.65
EVERYWHERE_TIMES = 1.5  # as many times more of what fails everywhere
JOINS_WITHIN = 20 * 60.0  # seconds in which the same error elsewhere still widens an incident
HOUR = 3600
LEVEL_OVER = 1200.0  # seconds
MOST_GROWTH = 1.1  # from block to block
IDLE = 2 * HOUR  # seconds without a failure after which a cell is forgotten

IsOwn = Callable[[str], bool]


class Correlator:
    """`is_own` says of a fingerprint whether it is the customers' own doing. Feed with `add`, in order of time; what
    opens comes out of `add` and `end`.
    """

    def __init__(
        self,
        thresholds: Thresholds,
        is_own: IsOwn,
        *,
        step: int = STEP,
        seasons: Mapping[Place, Mapping[int, float]] | None = None,
    ) -> None:
        self.thresholds = thresholds
        self.step_seconds = step
        self._views = [
            View(seconds, thresholds.times, thresholds.lasting)
            for seconds in (QUICK_WINDOW, thresholds.window * 60.0)
        ]
        self.running: list[Running] = []
        self._is_own = is_own
        self._seasons = seasons or {}
        self._cells: dict[Place, Cell] = {}
        self._scopes: dict[Place, Scope] = {}
        self._of_error: dict[str | None, dict[Place, Scope]] = {}
        self._traffic: dict[Place, float] = {}
        self._active: dict[int, Cell] = {}
        self._accounts: dict[str | int, int] = {}
        self._steps_seen = 0
        self._level = 0.0  # of all failures lately: the rhythm of the day
        self._block_level = (-1, 0.0)
        self._levels: deque[tuple[int, float]] = deque(maxlen=REMEMBERED)  # at the beginning of each block
        self._growth = 1.0  # of it, from block to block
        self._first = -1
        self._step = -1

    def add(
        self, at: float, provider: str, model: str, route: str | None, fingerprint: str, account: str | int
    ) -> list[Opening]:
        """One failure. `at` is in seconds since 1970; one that comes late counts as now."""
        step = int(at) // self.step_seconds
        opened = self._move_to(step) if step > self._step else []
        key = (provider, model, route, fingerprint)
        cell = self._cells.get(key) or self._new_cell(Place(*key))  # type: ignore[call-overload]
        cell.accounts.add(self._accounts.setdefault(account, len(self._accounts)))
        cell.failures += 1
        self._active[id(cell)] = cell
        return opened

    def end(self) -> list[Opening]:
        """The last step is over."""
        return self._move_to(self._step + 1) if self._step >= 0 else []

    def news(self) -> Iterator[tuple[Place, dict[int, float]]]:
        """Peaks of hours that have ended since this was asked last."""
        for scope in self._scopes.values():
            if scope.baseline.news:
                yield scope.place, scope.baseline.news
                scope.baseline.news = {}

    def _move_to(self, step: int) -> list[Opening]:
        opened = list(self._close_step()) if self._step >= 0 else []
        before, self._step = self._step, step
        if before < 0:
            self._first = step
        elif self._now(step) // HOUR != self._now(before) // HOUR:
            self._tidy()
        return opened

    # -- one step

    def _close_step(self) -> Iterator[Opening]:
        touched = self._sum_up()
        now = self._now(self._step + 1)
        self._watch_running(now)
        yield from self._judge(touched, now)

    def _sum_up(self) -> list[Scope]:
        step, block, oldest = self._step, self._block, self._first_of(LONG.seconds)
        failing = sum(len(cell.accounts) for cell in self._active.values())
        self._steps_seen += 1
        self._level += (failing - self._level) * max(self.step_seconds / LEVEL_OVER, 1 / self._steps_seen)
        if self._block_level[0] != block:
            before, self._block_level = self._block_level[1], (block, self._level)
            self._levels.append(self._block_level)
            self._growth = min(MOST_GROWTH, max(1.0, self._level / before)) if before else 1.0
        touched: dict[int, Scope] = {}
        for cell in self._active.values():
            for place in cell.traffic:
                self._traffic[place] = self._traffic.get(place, 0.0) + len(cell.accounts)
            for scope in cell.scopes:
                touched[id(scope)] = scope
                if cell.is_covered:
                    scope.count_block(block, self._growth)
                    scope.covered = True
                else:
                    scope.accounts |= cell.accounts
                    scope.failures += cell.failures
            for running in self.running if cell.is_covered else ():
                if running.covers(cell):
                    running.note(step, cell)
            cell.close(step)
        self._active = {}
        for scope in touched.values():
            scope.forget(oldest, self._oldest, block)
            scope.close(step, block, self._growth)
        return list(touched.values())

    def _watch_running(self, now: float) -> None:
        paused = [running.is_paused for running in self.running]
        for running in self.running:
            running.look(now, self._oldest, self._level)
        going_on = [each for each in self.running if now - each.last_active <= self.thresholds.calm]
        if len(going_on) < len(self.running) or paused != [running.is_paused for running in going_on]:
            self.running = going_on
            self._cover_anew()

    def _judge(self, touched: list[Scope], now: float) -> Iterator[Opening]:
        if self._watched < FIRST_LESSON:
            return
        found = [(seen, scope) for scope in touched if (seen := self._unusual(scope))]
        found.sort(key=lambda pair: -pair[0].surprise)
        for _, scope in found:
            seen = self._unusual(scope)  # what was opened just now may cover it
            opening = self._open(scope, seen, now) if seen else None
            if opening is not None:
                yield opening

    def _unusual(self, scope: Scope) -> Look | None:
        """What its shortest view shows that is unusual and lasts."""
        longest = self.thresholds.window * 60.0
        least = self.thresholds.accounts
        if scope.recent >= max(least, WORTH_A_LOOK * scope.usual(self._block, longest)):
            for view in self._views:
                if seen := self._seen(scope, view):
                    return seen
        if self._step % LONG_EVERY or self._watched < FIRST_LESSON + LONG.seconds:
            return None
        if not scope.is_weak(self._block):
            return None
        of_long = longest / LONG.seconds
        if scope.recent < max(least, WORTH_A_LOOK * self._expected(scope, LONG)) * of_long:
            return None
        return self._seen(scope, LONG)

    def _seen(self, scope: Scope, view: View) -> Look | None:
        seen = self._look(scope, view)
        if not is_unusual(seen, self.thresholds, is_own=scope.is_own):
            return None
        return seen if self._lasting(scope, seen) >= view.lasting else None

    def _look(self, scope: Scope, view: View) -> Look:
        return look(self._steps(scope, view), self._expected(scope, view), view, is_own=scope.is_own)

    def _expected(self, scope: Scope, view: View) -> float:
        if not view.is_patient:
            return scope.usual(self._block, view.seconds)
        then = self._block - int(view.seconds) // BLOCK
        before = next((level for block, level in reversed(self._levels) if block <= then), self._level)
        growth = max(1.0, self._level / before) if before else 1.0  # the rhythm of the day
        return scope.baseline.per_block_before(then) * growth * view.seconds / BLOCK

    def _lasting(self, scope: Scope, seen: Look) -> float:
        return lasting(self._steps(scope, seen.view), seen, self.step_seconds)

    def _steps(self, scope: Scope, view: View) -> list[Step]:
        return scope.since(self._first_of(view.seconds))

    # -- opening

    def _open(self, scope: Scope, seen: Look, now: float) -> Opening | None:
        place = self._place_of(scope, seen)
        if place is None:
            return None
        if any(running.place.holds(place) and not running.is_paused for running in self.running):
            return None
        wider = self._widened(place, now)
        if wider is None:
            self.running.append(Running(place, now, *self._watches(place), self._level, now))
        self._cover_anew()
        if wider is not None:
            return None
        return Opening(
            at=now,
            place=place,
            since=self._now(seen.since),
            accounts=seen.accounts,
            failures=seen.failures,
            counted=seen.counted,
            expected=seen.expected,
            window=seen.view.seconds,
        )

    def _place_of(self, scope: Scope, seen: Look) -> Place | None:
        parts = []
        for each in self._of_error[scope.place.fingerprint].values():
            if each.recent:
                own = self._look(each, seen.view)
                parts.append(Part(each.place, own.counted - own.expected, own.accounts, own.surprise))
        place = narrowest(scope.place, parts, self._traffic)
        if place is None or (place.is_everywhere and not self._is_outage(scope, seen)):
            return None
        if place.fingerprint:
            return place
        is_sure = self._lasting(scope, seen) >= self.thresholds.lasting_mixed
        return place if is_sure and not self._has_one_error(place, seen.view) else None

    def _is_outage(self, scope: Scope, seen: Look) -> bool:
        """Whether what fails at all providers alike is more than the gateway's own hiccup or the rhythm of the day."""
        return (
            self._lasting(scope, seen) >= self.thresholds.lasting_everywhere
            and seen.counted >= EVERYWHERE_TIMES * self.thresholds.times * seen.expected
        )

    def _has_one_error(self, place: Place, view: View) -> bool:
        """Whether one error explains most of it: then its own scope will tell, and knows better since when."""
        there = (
            scopes.get(place._replace(fingerprint=error)) for error, scopes in self._of_error.items() if error
        )
        looks = [self._look(scope, view) for scope in there if scope and scope.recent]
        excesses = [seen.counted - seen.expected for seen in looks]
        total = sum(max(0.0, excess) for excess in excesses)
        return total > 0 and max(excesses) >= ONE_ERROR * total

    def _widened(self, place: Place, now: float) -> Running | None:
        """The running incident that this is more of: the same error, begun just now, next door."""
        for running in self.running:
            if running.place.fingerprint != place.fingerprint or now - running.opened_at > JOINS_WITHIN:
                continue
            joined = running.place.joined_with(place)
            if joined.provider or joined.model:
                running.place = joined
                running.all_errors.usual, running.same_error.usual = (
                    watch.usual for watch in self._watches(joined)
                )
                return running
        return None

    def _watches(self, place: Place) -> tuple[Watch, Watch]:
        usual = [
            scope.usual(self._block, LATELY) if (scope := self._scopes.get(each)) else 0.0
            for each in (place._replace(fingerprint=None), place)
        ]
        return Watch(max(usual)), Watch(usual[1])

    def _cover_anew(self) -> None:
        changed: dict[int, Scope] = {}
        for cell in self._cells.values():
            covered = self._is_covered(cell)
            if covered != cell.is_covered:
                cell.is_covered = covered
                changed.update((id(scope), scope) for scope in cell.scopes)
        for scope in changed.values():
            scope.clear()

    def _is_covered(self, cell: Cell) -> bool:
        return any(running.covers(cell) for running in self.running)

    # -- what is counted

    def _new_cell(self, place: Place) -> Cell:
        is_own = self._is_own(place.fingerprint or "")
        scopes = [self._scope(each, is_own=is_own) for each in _errors_of(place)]
        if not is_own:
            scopes += [self._scope(each, is_own=False) for each in _sums_of(place)]
        cell = self._cells[place] = Cell(
            place, scopes, _errors_of(place._replace(fingerprint=None)), is_own=is_own
        )
        cell.is_covered = self._is_covered(cell)
        return cell

    def _scope(self, place: Place, *, is_own: bool) -> Scope:
        scope = self._scopes.get(place)
        if scope is None:
            first = int(self._now(self._first)) // BLOCK
            scope = Scope(place, Baseline(first, self._block, self._seasons.get(place)), is_own=is_own)
            self._scopes[place] = scope
            self._of_error.setdefault(place.fingerprint, {})[place] = scope
        return scope

    def _tidy(self) -> None:
        """Once an hour: forget what has not been seen for long."""
        for place in self._traffic:
            self._traffic[place] *= 0.7
        old = self._step - IDLE // self.step_seconds
        for cell in [cell for cell in self._cells.values() if cell.last < old]:
            del self._cells[cell.place]
            for scope in cell.scopes:
                scope.cells -= 1
        for scope in [scope for scope in self._scopes.values() if not scope.cells]:
            scope.count_block(self._block, self._growth)
            scope.baseline.learn(self._block)
            if scope.baseline.is_idle:
                del self._scopes[scope.place]
                del self._of_error[scope.place.fingerprint][scope.place]

    def _now(self, step: int) -> float:
        return float(step * self.step_seconds)

    @property
    def _watched(self) -> float:
        """Seconds since the first failure."""
        return self._now(self._step + 1) - self._now(self._first)

    @property
    def _block(self) -> int:
        return self._step * self.step_seconds // BLOCK

    @property
    def _oldest(self) -> int:
        return self._first_of(self.thresholds.window * 60.0)

    def _first_of(self, seconds: float) -> int:
        """The first of the steps that make so many seconds until now."""
        return self._step - int(seconds / self.step_seconds) + 1


def _errors_of(place: Place) -> list[Place]:
    provider, model, route, error = place
    places = [
        Place(provider, None, None, error),
        Place(provider, model, None, error),
        Place(None, model, None, error),
        Place(None, None, None, error),
    ]
    return places if route is None else [*places, Place(provider, None, route, error)]


def _sums_of(place: Place) -> list[Place]:
    return [each for each in _errors_of(place._replace(fingerprint=None)) if each.provider or not each.model]
