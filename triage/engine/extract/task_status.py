"""Tasks of video, image and audio services: their ids, and the states they report."""

from .cue import Cue
from .http import ID, QUOTE

# A state counts where it is given as one; in prose the same words tell of anything ("the retry succeeded").
_STATES = (
    r"in_queue|in_progress|not_start|queued|queueing|submitted|processing|pending|running|generating|"
    r"succeeded|succeed|success|failed|failure|排队中?|执行中|生成中|处理中|等待中|进行中|失败|成功|已提交"
)

CUES = (
    Cue(
        "task.named",
        "task_id",
        "task taskid job jobid prediction generation video",
        (
            rf"(?:task|job|prediction|generation|video)(?:[ _-]?id{QUOTE}\s{{0,2}}[:=：]?|"
            rf"{QUOTE}\s{{0,2}}[:=：])\s{{0,2}}[\"'\\`*]{{0,4}}\s?(?=[\w-]{{0,60}}\d){ID}"
        ),
        0.85,
    ),
    Cue(
        "task.zh",
        "task_id",
        "任务",
        rf"任务 ?(?:id|编号|号)?\**\s{{0,2}}[:=：]?\**\s{{0,2}}[\"'`]?(?=[\w-]{{0,60}}\d){ID}",
        0.85,
    ),
    Cue("task.log", "task_id", "task job", r"(?:task|job) ([0-9a-f]{6,40})\]", 0.7, later=True),
    Cue(
        "task.shape",
        "task_id",
        "task_ task- cgt- video_",
        r"((?:task[_-]|cgt-|video_)(?=[a-z0-9-]{0,40}\d\d)[0-9a-z-]{8,60})",
        0.7,
    ),
    Cue(
        "task.state",
        "task_state",
        "status state 状态 进度",
        (
            rf"(?:status|state|状态|进度){QUOTE}\s{{0,2}}(?:[:=：]|==|->|→|is|为|是|一直|还|显示|停在|卡在|处于|\s){{1,3}}"
            rf"\s{{0,2}}{QUOTE}({_STATES})(?!\w)"
        ),
        0.3,
    ),
)
