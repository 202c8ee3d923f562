"""The second process of a back-test, where there is a second core: started aside, asked, and done without."""

import os
import pickle
import select
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import structlog

from triage.engine.sides import Both, Judged, Sides
from triage.engine.signals import SignalValue
from triage.second_judge import COMMAND, READY, Answer, Ask, Begin, read, write

from .catalogue import catalogue

TOP = Path(__file__).resolve().parent.parent.parent
SHARE, LEAST, MOST, STEP = 0.6, 0.3, 0.85, 0.05  # of each piece: the worker reads and writes besides

log = structlog.get_logger()


class SecondJudge:
    """Takes a share of each piece. One question at a time; whatever becomes of the process, nothing is lost: what it
    does not answer is judged here.
    """

    def __init__(self, sides: Sides, same_for_all: Mapping[str, SignalValue]) -> None:
        self.sides, self.same_for_all = sides, same_for_all
        self.share, self.seconds = SHARE, 0.0
        self._sent = {sides.before.version, sides.after.version}
        self._asked = 0  # texts of the question that waits for its answer
        self._number = 0  # of that question
        self.ready = threading.Event()
        self._process = subprocess.Popen(  # noqa: S603
            COMMAND, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        begin = Begin(catalogue(), sides.before, sides.after, same_for_all)
        # It needs a second to read them, and a pipe holds little: nobody waits for either.
        threading.Thread(target=self._begin, args=[begin], daemon=True).start()

    def judges(self, sides: Sides, same_for_all: Mapping[str, SignalValue]) -> bool:
        """Whether it is alive and judges by exactly these rules."""
        return (
            self._process.poll() is None
            and self.sides.before is sides.before
            and self.sides.after is sides.after
            and self.same_for_all == same_for_all
        )

    def give(self, texts: Sequence[Judged]) -> int:
        """Ask it to judge the first of these; how many. None while it starts, and none once it is gone."""
        count = int(len(texts) * self.share) if self.ready.is_set() else 0
        if count:
            named = {judged.version for judged in texts[:count]} - self._sent
            rules = {version: self.sides.rules_of(version) for version in named}
            self._number += 1
            count = count if self._tell(Ask(self._number, texts[:count], rules)) else 0
            self._sent |= named
        self._asked = count
        return count

    def take(self) -> Sequence[Both | None]:
        """What it found of those given; None for each that it did not judge. Who waits for whom moves the share."""
        if not self._asked:
            return []
        answers = _pipe(self._process.stdout)
        was_waiting = bool(select.select([answers], [], [], 0)[0])
        self.share = min(self.share + STEP, MOST) if was_waiting else max(self.share - STEP, LEAST)
        try:
            answer = self._answer(answers)
        except (EOFError, OSError, pickle.UnpicklingError) as problem:
            self._give_up(problem)
            return [None] * self._asked
        self.seconds += answer.seconds
        return answer.found

    def take_seconds(self) -> float:
        """Of processor time that it worked since this was asked last."""
        seconds, self.seconds = self.seconds, 0.0
        return seconds

    def end(self) -> None:
        self.ready.clear()
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()
        self._process.wait()

    def _answer(self, answers: IO[bytes]) -> Answer:
        """To the question asked last. One that was asked before, and that nobody waited for, is passed over."""
        while True:
            answer: Answer = read(answers)
            if answer.number == self._number:
                return answer

    def _begin(self, begin: Begin) -> None:
        if self._tell(begin):
            with suppress(EOFError, OSError, ValueError):
                if read(_pipe(self._process.stdout)) == READY:
                    self.ready.set()

    def _tell(self, what: Any) -> bool:
        try:
            write(_pipe(self._process.stdin), what)
        except (
            OSError,
            ValueError,
            pickle.PicklingError,
        ) as problem:  # it ended, or was ended while it started
            self._give_up(problem)
            return False
        return True

    def _give_up(self, problem: Exception) -> None:
        self.ready.clear()
        log.warning("second_judge_gone", problem=type(problem).__name__)


def cores() -> int:
    """Those that this process may use, which a container narrows."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError
    return pipe
