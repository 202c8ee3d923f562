"""Tasks of video, image and audio services: their ids, and the states they report."""

from .cue import Cue
from .http import ID, QUOTE

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
        "task_ cgt- video_",
        r"((?:task_|cgt-20|video_)(?=[a-z0-9-]{0,40}\d)[0-9a-z-]{12,60})",
        0.7,
    ),
    Cue(
        "task.state",
        "task_state",
        (
            "in_queue queued in_progress not_start submitted processing pending running "
            "succeeded succeed failed failure success 排队 执行中 生成中 处理中 任务已提交"
        ),
        (
            r"(in_queue|in_progress|not_start|queued|processing|pending|running|succeeded|succeed|"
            r"failed|failure|success|排队中?|执行中|生成中|处理中|任务已提交)(?![a-z])"
        ),
        0.3,
    ),
)
