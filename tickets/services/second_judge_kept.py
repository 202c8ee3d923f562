"""The second process between two jobs of one back-test: kept in the worker process that started it, for a while.

A start costs seconds of processor time, and a job lasts a quarter of a minute. One process is kept at most, and lent to
one job at a time: who takes it, has it alone.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import structlog

from triage.engine.sides import Sides
from triage.engine.signals import SignalValue

from .second_judge import SecondJudge, cores

FEWEST = 2_000  # tickets for which another process is worth its start
IDLE_SECONDS = 30.0  # another worker may do a job in between


log = structlog.get_logger()


class Lent:
    """For one job; `keep` says that another job of the same back-test will follow."""

    def __init__(self, judge: SecondJudge | None) -> None:
        self.judge = judge
        self.keep = False


class _Kept:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._judge: SecondJudge | None = None
        self._backtest = 0
        self._timer: threading.Timer | None = None

    def take(self, backtest: int) -> SecondJudge | None:
        """The one kept for this back-test. One kept for another ends: only one is worth its memory."""
        with self._lock:
            judge, self._judge = self._judge, None
            if self._timer is not None:
                self._timer.cancel()
            if judge is not None and self._backtest != backtest:
                judge.end()
                return None
            return judge

    def put(self, judge: SecondJudge, backtest: int) -> None:
        with self._lock:
            if self._judge is not None:
                self._judge.end()
            self._judge, self._backtest = judge, backtest
            self._timer = threading.Timer(IDLE_SECONDS, self._end_idle, [judge])
            self._timer.daemon = True
            self._timer.start()

    def drop(self, backtest: int) -> None:
        with self._lock:
            judge = self._judge if self._backtest == backtest else None
        if judge is not None:
            self._end_idle(judge)

    def _end_idle(self, judge: SecondJudge) -> None:
        with self._lock:
            if self._judge is judge:
                self._judge = None
                judge.end()


_kept = _Kept()


@contextmanager
def second_judge(
    backtest: int, sides: Sides, same_for_all: Mapping[str, SignalValue], *, tickets: int
) -> Iterator[Lent]:
    """For as long as the block runs, and for the next job where one will follow. Without a judge where there is no
    second core, or too little to do.
    """
    lent = Lent(_fitting(backtest, sides, same_for_all, tickets))
    try:
        yield lent
    except BaseException:
        lent.keep = False
        raise
    finally:
        if lent.judge is not None:
            if lent.keep:
                _kept.put(lent.judge, backtest)
            else:
                lent.judge.end()


def let_go(backtest: int) -> None:
    """End the one kept for a back-test that is over."""
    _kept.drop(backtest)


def _fitting(
    backtest: int, sides: Sides, same_for_all: Mapping[str, SignalValue], tickets: int
) -> SecondJudge | None:
    judge = _kept.take(backtest)
    if judge is not None:
        if judge.judges(sides, same_for_all):
            judge.sides = sides
            return judge
        judge.end()
    if tickets < FEWEST or cores() < 2:
        return None
    try:
        return SecondJudge(sides, same_for_all)
    except OSError as problem:  # no memory or process left for it: one judges alone
        log.warning("second_judge_not_started", problem=type(problem).__name__)
        return None
