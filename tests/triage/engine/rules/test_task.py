"""Media tasks: wrong settings, waiting, sent twice, failed at the provider."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "task.params": [
        "callback url invalid",
        "invalid webhook url",
        "回调地址无效",
        "回调链接不合法",
        "aspect_ratio 21:9 is not supported",
        "unsupported aspect ratio",
        "duration must be 5 or 10",
        "seed must be an integer",
        "种子值必须是整数",
        "时长只支持 5 秒或 10 秒",
        '{"code":1201,"message":"aspect_ratio value 2:3 is invalid"}',
        "sora-2: Invalid value: '10'. Supported values are: '4', '8', and '12'. param seconds",
        "veo: durationSeconds is out of range, must be between 4 and 8",
        "gpt-image-1: Invalid size '800x600'. Supported sizes are 1024x1024, 1024x1536 and auto.",
        "wan2.5 视频任务提交失败：分辨率 4K 不支持",
        "可灵任务报错：时长只支持 5 秒或 10 秒",
        "即梦生图：比例 5:7 不合法",
        "视频任务报错 seed 必须在 0 到 4294967295 范围内",
        "The parameter `watermark` is not supported by this video model",
        ("first_frame and reference_image cannot be used together in this request: invalid parameter"),
        "suno 任务回调地址不可达，一直没收到回调",
        "callback_url of the video task is invalid: must be a public https address",
        "Invalid parameter: Unrecognized parameter(s): `--styl` (midjourney)",
        "该模型不支持首尾帧，参数错误 400",
        (
            '-d 5 gives an error.\n\n[video] ApiError: {"error":{"code":400,"message":"The number '
            "value for `durationSeconds` is out of bound. Please provide a value between 4 and "
            '8, inclusive.","status":"INVALID_ARGUMENT"}}'
        ),
        (
            '{"error":{"code":"InvalidParameter","message":"the parameter duration specified in '
            'the request is not valid for model doubao-seedance"}}'
        ),
        (
            'fal: {"detail":[{"loc":["body","num_frames"],"msg":"Input should be less than or '
            'equal to 161","type":"less_than_equal"}]}'
        ),
        (
            'Runway: {"error":"Validation of body '
            'failed","issues":[{"code":"invalid_union","path":["ratio"],"message":"Invalid '
            'ratio"}]}'
        ),
        'luma: {"detail":"resolution 1080p is not available for ray-flash with loop"}',
        'vidu {"reason":"BadRequest","message":"duration not support","code":400}',
        'suno: {"code":400,"msg":"Lyrics is too long"}',
        (
            "I uploaded a 9:21 picture as first frame.\n\n"
            '{"code":"InvalidParameter","message":"The aspect ratio of the first frame image '
            'must be between 0.4 and 2.5"}'
        ),
        (
            "火山：The parameter `size` specified in the request is not valid: image size must "
            "be at least 3686400 pixels."
        ),
        (
            'veo3: {"error":{"code":3,"message":"Unsupported output video duration 10 seconds, '
            'supported durations are [8,5,6,7] for feature text_to_video."}}'
        ),
        (
            "Request to the webhook I gave never arrives although the task page says done. It is "
            "http://192.168.1.9/hook"
        ),
    ],
    "task.queued": [
        '{"task_id":"cgt-20260102-x","status":"queued"}',
        '{"status":"IN_QUEUE","queue_position":31}',
        "The video has been stuck at processing for 40 minutes without any error.",
        "可灵视频一直显示排队中",
        "任务卡在生成中 99% 半天不动",
        "Batch job still in_progress after 20 hours, no error.",
        "2个用户同时请求，其中一个任务超时，discord 里两个都出图了",
        "suno status PENDING 超过两个小时了",
        "我提交的视频进度停在 30% 不动了，没有报错",
        ("Job 3f2a.. state: RUNNING since 3 h, usually takes 2 minutes. Others in our team see it too."),
        (
            "The job is listed as pending since yesterday evening; the same kind took two "
            'minutes last week. Status endpoint gives 200.\n\n{"status":"PENDING","output":null}'
        ),
        "Sora task: status in_progress 99% for 3 hours",
        "任务状态 NOT_START 很久了",
    ],
    "task.duplicate": [
        '{"code":21,"description":"任务已存在"}',
        "409 Conflict: duplicate request, this idempotency key is already in progress",
        "点了三次生成，结果出现三个一样的视频任务",
        "I resubmitted because nothing happened, now both tasks finished and both were billed.",
    ],
    "task.upstream_failed": [
        "没人取消，过几分钟就变成 task canceled",
        '{"code":200,"data":{"status":"GENERATE_AUDIO_FAILED"}}',
        "Prediction failed: E9828 Director: unexpected error handling prediction",
        ('{"task_id":"v-31","status":"failed","error":{"code":"internal_error","message":"internal error"}}'),
        "视频任务失败，原因：系统内部错误",
        '{"status":"FAILURE","failReason":"[Internal Server Error]"}',
        "Since yesterday every video task fails, whatever image I use, it worked before.",
        "从今天早上开始所有音乐任务都失败，换了歌词也一样，之前都正常",
        '{"action":"IMAGINE","status":"FAILURE","progress":"","failReason":"任务超时"}',
        "Replicate prediction: CUDA out of memory. Tried to allocate 20.00 GiB",
        "runwayml: task FAILED failureCode INTERNAL.BAD_OUTPUT.CODE01",
        (
            "Two of four clips came out, the others show this.\n\n"
            '{"status":"failed","failure_reason":"internal_error","failure_code":"generation_fail'
            'ed"}'
        ),
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_a_task_fault_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize("text", ["My video does not come out", "视频一直没出来"])
def test_the_state_of_the_task_decides(text: str) -> None:
    assert diagnose(text, {"task": {"state": "queued", "position": 8}}).cause.slug == "task.queued"
    assert diagnose(text, {"task": {"state": "failed"}, "charged": True}).cause.slug == "billing.mismatch"
    alike = {"task": {"state": "failed"}, "failing_alike": {"accounts": 9}}
    assert diagnose(text, alike).cause.slug == "task.upstream_failed"


@pytest.mark.parametrize("text", ["Generation failed", "生成失败", "视频生成失败，请稍后重试"])
def test_a_bare_failure_tells_nothing(text: str) -> None:
    assert diagnose(text).verdict == "needs_evidence"
