"""The phases of a media task, the names that systems give them, and what to say about each trouble."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ..verdict import Words


class Phase(StrEnum):
    SUBMITTED = "submitted"
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    DOWNLOADED = "downloaded"

    @property
    def rank(self) -> int:
        return tuple(Phase).index(self)


class TaskProblem(StrEnum):
    NONE = ""
    NOTHING_SEEN = "nothing_seen"
    NO_TASK_ID = "no_task_id"
    QUEUED = "queued"
    RUNNING = "running"
    STILL_MOVING = "still_moving"
    GAVE_UP_WAITING = "gave_up_waiting"
    FAILED = "failed"
    FAILED_HERE_FINISHED_THERE = "failed_here_finished_there"
    SUBMITTED_TWICE = "submitted_twice"
    NOT_DOWNLOADED = "not_downloaded"


_NAMES: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.SUBMITTED: "submitted created accepted notstart received 已提交 提交成功",
        Phase.QUEUED: "queued queueing inqueue pending waiting preparing scheduled starting 排队 排队中 等待中",
        Phase.RUNNING: "running inprogress processing generating active polling 生成中 处理中 进行中 运行中",
        Phase.FINISHED: "success succeeded succeed finished completed complete done ready 成功 已完成 完成",
        Phase.FAILED: "failed fail failure error cancelled canceled expired timeout rejected aborted 失败 超时 已取消",
        Phase.DOWNLOADED: "downloaded saved fetched delivered 已下载",
    }
)
_PHASES = {name: phase for phase, names in _NAMES.items() for name in names.split()}
_JOINTS = re.compile(r"[\s_.:-]+")


def phase_of(state: str) -> Phase | None:
    """By the state's name as any of the known systems writes it (IN_PROGRESS, TASK_STATUS_SUCCEED, 排队中)."""
    name = _JOINTS.sub("", state[:60].lower()).removeprefix("taskstatus").removeprefix("task")
    return _PHASES.get(name)


STEP_WORDS: Mapping[Phase, Words] = MappingProxyType(
    {
        Phase.SUBMITTED: Words("Submitted", "已提交"),
        Phase.QUEUED: Words("In the queue", "排队中"),
        Phase.RUNNING: Words("Being made", "生成中"),
        Phase.FINISHED: Words("Finished", "已完成"),
        Phase.FAILED: Words("Failed", "失败"),
        Phase.DOWNLOADED: Words("Downloaded", "已下载"),
    }
)

PROBLEM_WORDS: Mapping[TaskProblem, Words] = MappingProxyType(
    {
        TaskProblem.NONE: Words(
            "The task is finished and its result was fetched.", "任务已完成，结果已取回。"
        ),
        TaskProblem.NOTHING_SEEN: Words(
            "Nothing is known of this task yet: the task id and the time of submission would help.",
            "目前没有这个任务的任何记录，请提供任务 ID 和提交时间。",
        ),
        TaskProblem.NO_TASK_ID: Words(
            "There is no task id, so it is not certain that the task was accepted. Look for it in the "
            "answer to "
            "the submission before submitting again.",
            "没有任务 ID，无法确认任务是否受理。重新提交之前，请先在提交时的返回里查找任务 ID。",
        ),
        TaskProblem.QUEUED: Words(
            "The task waits in the queue. Please do not submit it again: a second one is charged and "
            "waits behind "
            "the first. Ask for its state with the task id from time to time.",
            "任务正在排队。请不要重复提交：新任务会再次计费，并排在后面。可隔一段时间用任务 ID 查询状态。",
        ),
        TaskProblem.RUNNING: Words(
            "The task is being made. Please do not submit it again; ask for its state with the task id.",
            "任务正在生成中，请不要重复提交，用任务 ID 查询状态即可。",
        ),
        TaskProblem.STILL_MOVING: Words(
            "The task moves forward: progress or position changed between two looks. Waiting is right.",
            "任务在推进：两次查询之间进度或排队位置有变化，继续等待即可。",
        ),
        TaskProblem.GAVE_UP_WAITING: Words(
            "Your program stopped waiting, but the task goes on. Ask for its state with the same task "
            "id, and let "
            "the program wait longer or poll less often.",
            "是您的程序先停止等待，任务仍在继续。请用同一个任务 ID 查询，"
            "并调大程序的等待时间或降低轮询频率。",
        ),
        TaskProblem.FAILED: Words(
            "The task failed. The reason stands beside the state; whether it was charged is to be checked.",
            "任务失败，原因见状态旁的说明；是否扣费需要核对。",
        ),
        TaskProblem.FAILED_HERE_FINISHED_THERE: Words(
            "One side shows it as failed, the other as finished: the result exists. Fetch it with the "
            "task id; do "
            "not submit again. Support can correct the record and the charge.",
            "一侧显示失败，另一侧显示已完成：结果其实已经生成。请用任务 ID 取回，不要重新提交；"
            "状态和扣费由客服核对更正。",
        ),
        TaskProblem.SUBMITTED_TWICE: Words(
            "The same work was submitted more than once: each task is charged. Wait for the first one, "
            "and let the "
            "program keep the task id instead of submitting anew.",
            "同一内容提交了多次，每个任务都会计费。请等待第一个任务，并让程序保存任务 ID，而不是重新提交。",
        ),
        TaskProblem.NOT_DOWNLOADED: Words(
            "The task is finished, but its result was not fetched yet. Result links often expire "
            "within 24 hours.",
            "任务已完成，但结果还没有取回；结果链接通常 24 小时内失效，请尽快下载。",
        ),
    }
)
