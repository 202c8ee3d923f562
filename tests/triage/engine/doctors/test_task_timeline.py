from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.task_timeline import Observation, Where, timeline
from triage.engine.doctors.task_words import PROBLEM_WORDS, STEP_WORDS, Phase, TaskProblem, phase_of

START = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)


def seen(state, minutes=0, where=Where.GATEWAY, task_id="task_1", **more):
    return Observation(state, START + timedelta(minutes=minutes), where, task_id, **more)


LOCAL, UPSTREAM = Where.LOCAL, Where.UPSTREAM
CASES = [
    ([], "nothing_seen"),
    ([seen("whatever")], "nothing_seen"),
    ([seen("SUBMITTED"), seen("QUEUED", 1)], "queued"),
    ([seen("SUBMITTED"), seen("IN_PROGRESS", 2)], "running"),
    ([seen("queued", position=9), seen("queued", 5, position=4)], "still_moving"),
    ([seen("running", progress=10.0), seen("running", 5, progress=55.0)], "still_moving"),
    ([seen("running", progress=10.0), seen("running", 5, progress=10.0)], "running"),
    ([seen("queued", task_id="")], "no_task_id"),
    ([seen("FAILURE", 3)], "failed"),
    ([seen("SUBMITTED"), seen("timeout", 10, LOCAL), seen("processing", 11)], "gave_up_waiting"),
    ([seen("失败", 10, LOCAL), seen("TASK_STATUS_SUCCEED", 12, UPSTREAM)], "failed_here_finished_there"),
    ([seen("success", 4), seen("failed", 9, LOCAL)], "failed_here_finished_there"),
    ([seen("SUBMITTED"), seen("SUBMITTED", 3, task_id="task_2")], "submitted_twice"),
    ([seen("SUBMITTED"), seen("SUBMITTED", 3)], "queued"),
    ([seen("success", 4)], "not_downloaded"),
    ([seen("success", 4), seen("downloaded", 5, LOCAL)], ""),
]


@pytest.mark.parametrize(("observations", "problem"), CASES)
def test_the_trouble_is_told(observations, problem):
    result = timeline(observations)

    assert result.problem == problem
    assert result.advice == PROBLEM_WORDS[problem]


def test_the_order_of_the_observations_does_not_matter():
    observations = [seen("queued", position=9), seen("queued", 5, position=4)]

    assert timeline(observations[::-1]) == timeline(observations)


def test_times_of_different_zones_are_put_in_one_order():
    beijing = timezone(timedelta(hours=8))
    early = Observation("running", datetime(2026, 1, 5, 18, 1, tzinfo=beijing), progress=10.0, task_id="t")
    late = Observation("running", datetime(2026, 1, 5, 10, 9, tzinfo=UTC), progress=60.0, task_id="t")

    assert timeline([late, early]).problem == "still_moving"


def test_each_phase_is_shown_with_its_first_time_or_as_missing():
    steps = {
        step.phase: step
        for step in timeline([seen("SUBMITTED"), seen("running", 2), seen("running", 4)]).steps
    }

    assert list(steps) == list(Phase)
    assert steps[Phase.RUNNING].at == START + timedelta(minutes=2)
    assert not steps[Phase.QUEUED].seen
    assert steps[Phase.SUBMITTED].where == "gateway"


def test_a_phase_without_a_time_is_seen_all_the_same():
    (step,) = [step for step in timeline([Observation("排队中", task_id="t")]).steps if step.seen]

    assert (step.phase, step.at) == ("queued", None)


@pytest.mark.parametrize(
    ("state", "phase"),
    [
        ("NOT_START", "submitted"),
        ("Task-Status-Processing", "running"),
        ("in progress", "running"),
        ("completed", "finished"),
        ("CANCELED", "failed"),
        ("生成中", "running"),
        ("", None),
        ("unknown", None),
    ],
)
def test_the_names_of_many_systems_are_understood(state, phase):
    assert phase_of(state) == phase


def test_everything_is_said_in_both_languages():
    assert set(PROBLEM_WORDS) == set(TaskProblem)
    assert all(words.en and words.zh for words in (*PROBLEM_WORDS.values(), *STEP_WORDS.values()))


observations = st.builds(
    Observation,
    st.text(max_size=12) | st.sampled_from(["queued", "running", "success", "failed", "submitted"]),
    st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(Where),
    st.text(max_size=4),
    st.none() | st.floats(),
    st.none() | st.integers(),
)


@given(st.lists(observations, max_size=6))
def test_no_observations_make_it_raise(given_ones):
    assert len(timeline(given_ones).steps) == len(Phase)
