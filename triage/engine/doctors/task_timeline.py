"""Puts what was seen of one media task in order: what happened, what is missing, and what to do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..verdict import Words
from .clock import seconds_since_1970
from .task_words import PROBLEM_WORDS, STEP_WORDS, Phase, TaskProblem, phase_of


class Where(StrEnum):
    """Who said so."""

    LOCAL = "local"  # the customer's program
    GATEWAY = "gateway"
    UPSTREAM = "upstream"


@dataclass(frozen=True, slots=True)
class Observation:
    """One sighting of a task; `state` is as the system wrote it, `progress` runs from 0 to 100."""

    state: str
    at: datetime | None = None
    where: Where = Where.GATEWAY
    task_id: str = ""
    progress: float | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """`at` is the first time the phase was seen; None where it was not seen, or seen without a time."""

    phase: Phase
    title: Words
    seen: bool
    at: datetime | None
    where: Where | None


@dataclass(frozen=True, slots=True)
class Timeline:
    steps: tuple[TimelineStep, ...]
    problem: TaskProblem
    advice: Words


def timeline(observations: Sequence[Observation]) -> Timeline:
    """Never raises. Observations may come in any order; states that nobody knows are passed over."""
    known = [_Seen(phase, seen) for seen in observations if (phase := phase_of(seen.state)) is not None]
    ordered = sorted(known, key=lambda each: (each.stamp, each.phase.rank))
    problem = _problem(ordered)
    return Timeline(tuple(_step(phase, ordered) for phase in Phase), problem, PROBLEM_WORDS[problem])


@dataclass(frozen=True, slots=True)
class _Seen:
    phase: Phase
    what: Observation

    @property
    def stamp(self) -> float:
        """A missing time comes first."""
        return float("-inf") if self.what.at is None else seconds_since_1970(self.what.at)


def _step(phase: Phase, ordered: Sequence[_Seen]) -> TimelineStep:
    seen = [each.what for each in ordered if each.phase is phase]
    first = next((what for what in seen if what.at is not None), seen[0] if seen else None)
    if first is None:
        return TimelineStep(phase, STEP_WORDS[phase], False, None, None)
    return TimelineStep(phase, STEP_WORDS[phase], True, first.at, first.where)


def _problem(ordered: Sequence[_Seen]) -> TaskProblem:
    if not ordered:
        return TaskProblem.NOTHING_SEEN
    phases = {each.phase for each in ordered}
    failed = {each.what.where for each in ordered if each.phase is Phase.FAILED}
    finished = {each.what.where for each in ordered if each.phase is Phase.FINISHED}
    if failed and finished:
        return TaskProblem.FAILED_HERE_FINISHED_THERE
    if Phase.DOWNLOADED in phases:
        return TaskProblem.NONE
    if _submitted_twice(ordered):
        return TaskProblem.SUBMITTED_TWICE
    if finished:
        return TaskProblem.NOT_DOWNLOADED
    if failed:
        return TaskProblem.GAVE_UP_WAITING if _only_here(failed, ordered) else TaskProblem.FAILED
    if Phase.SUBMITTED not in phases and not any(each.what.task_id for each in ordered):
        return TaskProblem.NO_TASK_ID
    if _moves(ordered):
        return TaskProblem.STILL_MOVING
    return TaskProblem.RUNNING if Phase.RUNNING in phases else TaskProblem.QUEUED


def _submitted_twice(ordered: Sequence[_Seen]) -> bool:
    submitted = [each.what.task_id for each in ordered if each.phase is Phase.SUBMITTED and each.what.task_id]
    return len(set(submitted)) > 1


def _only_here(failed: set[Where], ordered: Sequence[_Seen]) -> bool:
    """The customer's program gave up, while the others last saw the task waiting or running."""
    elsewhere = [each for each in ordered if each.what.where is not Where.LOCAL]
    return (
        failed == {Where.LOCAL} and bool(elsewhere) and elsewhere[-1].phase in (Phase.QUEUED, Phase.RUNNING)
    )


def _moves(ordered: Sequence[_Seen]) -> bool:
    """Progress grew, or the position in the queue fell, between the first and the last sighting."""
    progress = [each.what.progress for each in ordered if each.what.progress is not None]
    position = [each.what.position for each in ordered if each.what.position is not None]
    grew = len(progress) > 1 and progress[-1] > progress[0]
    return grew or (len(position) > 1 and position[-1] < position[0])
