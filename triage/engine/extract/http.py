"""Headers that carry an id or a waiting time, and request ids as words."""

from .cue import Cue
from .keys import seconds

_QUOTE = r"[\"'\\`*]{0,4}"
_ID = r"([a-z0-9][\w.:-]{6,90}[a-z0-9_-])"
_HEADERS = (
    "x-oneapi-request-id x-request-id apim-request-id x-ms-request-id anthropic-request-id x-goog-request-id "
    "x-amzn-requestid x-amz-request-id x-kong-request-id mistral-correlation-id x-correlation-id x-trace-id x-ds-trace-id "
    "x-siliconcloud-trace-id x-fal-request-id x-litellm-call-id x-portkey-request-id x-portkey-trace-id x-tt-logid cf-ray"
)
_WAIT_UNITS = r"(?:ms|s\b|secs?\b|seconds?|m\b|mins?\b|minutes?|h\b|hours?)"

CUES = (
    Cue("http.request_id_header", "request_id", _HEADERS, rf"[a-z-]{{6,30}}{_QUOTE}\s?[:=]\s?[\"'\\\[]{{0,3}}{_ID}", 0.82),
    Cue("id.named", "request_id", "request␣id request_id request-id requestid", rf"request[ _-]?id\b(?: is)?{_QUOTE}\s{{0,2}}[:=：]?\s{{0,2}}[\"'\\`*(]{{0,4}}\s?{_ID}", 0.84, later=True),
    Cue("id.zh", "request_id", "请求", rf"请求 ?(?:id|编号|号|标识)\s{{0,2}}[:=：]?\s{{0,2}}[\"'`]?{_ID}", 0.84),
    Cue("id.trace", "request_id", "trace␣id trace_id trace-id traceid logid log_id correlation ray␣id reqid call_id call␣id", rf"(?:trace[ _-]?id|log[ _-]?id|correlation[ _-]?id|ray id|reqid|call[ _]id){_QUOTE}\s{{0,2}}[:=：]?\s{{0,2}}[\"'\\`]{{0,2}}{_ID}", 0.7),
    Cue("id.vendor", "request_id", "req_ req-", r"(req[_-][0-9a-z-]{6,60})", 0.78),
    Cue("id.gateway", "request_id", " ".join(f"20{year}" for year in range(23, 36)), r"(20\d{12,21}[0-9a-z]{8})(?![\w-])", 0.6, later=True),
    Cue("id.generation", "request_id", "gen-", r"(gen-\d{10}-[0-9a-z]{10,40})", 0.55),
    Cue("id.chat", "request_id", "chatcmpl-", r"(chatcmpl-[0-9a-z-]{8,60})", 0.5),
    Cue("task.named", "task_id", "task taskid job jobid prediction generation video", rf"(?:task|job|prediction|generation|video)[ _-]?(?:id)?{_QUOTE}\s{{0,2}}[:=：]\s{{0,2}}[\"'\\`*]{{0,4}}\s?{_ID}(?<=[\d])|(?:task|job|prediction|generation|video)[ _-]?id{_QUOTE}\s{{0,2}}[:=：]?\s{{0,2}}[\"'\\`*]{{0,4}}\s?{_ID}", 0.85),
    Cue("task.zh", "task_id", "任务", rf"任务 ?(?:id|编号|号)?\**\s{{0,2}}[:=：]?\**\s{{0,2}}[\"'`]?(?=[\w-]{{0,60}}\d){_ID}", 0.85),
    Cue("task.log", "task_id", "task job", r"(?:task|job) ([0-9a-f]{6,40})\]", 0.7, later=True),
    Cue("task.shape", "task_id", "task_ cgt- video_", r"((?:task_|cgt-20|video_)(?=[a-z0-9-]{0,40}\d)[0-9a-z-]{12,60})", 0.7),
    Cue("http.retry_after", "retry_after", "retry-after retry_after retryafter", rf"retry[-_]?after{_QUOTE}\s?[:=]\s?[\"'\\\[]{{0,3}}(\d{{1,7}}(?:\.\d{{1,6}})?)\b", 0.9, seconds),
    Cue("words.wait", "retry_after", "retry try wait available reset", rf"(?:retry|try again|wait|available|resets?)(?:ing)?(?: again)? (?:after|in|for)?:? ?(?:about |at least |another )?(\d{{1,7}}(?:\.\d{{1,6}})? ?{_WAIT_UNITS})", 0.7, seconds),
    Cue("words.wait_zh", "retry_after", "请 等待 等 在", r"(?:请|等待|等|在)\s?(\d{1,6}\s?(?:秒|分钟))钟?(?:后|之后)?(?:再|重试|后)", 0.7, seconds),
)  # fmt: skip
