"""Names of keys in error bodies, and what they mean."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..evidence import Value

Convert = Callable[[str | int | float | bool], Value | None]


def _ranked(*keys: str) -> Mapping[str, int]:
    return MappingProxyType({key: rank for rank, key in enumerate(keys)})


MESSAGES = _ranked(
    "message",
    "msg",
    "error_msg",
    "errmsg",
    "err_msg",
    "error_message",
    "errormessage",
    "detail",
    "error_description",
    "description",
    "status_msg",
    "task_status_msg",
    "fail_reason",
    "failure_reason",
    "failreason",
    "failed_reason",
    "reason_message",
    "error",
    "err",
    "title",
    "raw",
    "statusmessage",
)
CODES = _ranked(
    "code",
    "error_code",
    "errorcode",
    "errcode",
    "err_code",
    "error_no",
    "errno",
    "status_code_text",
    "provider_error_code",
    "subcode",
)
TYPES = _ranked("type", "error_type", "errortype", "__type", "exception_type")
WORDLESS = frozenset(
    {"error", "object", "function", "message", "string", "text", "response.failed", "none", "null"}
)
NO_CODES = frozenset({"0", "null", "none", "ok", "undefined", "200", "true"})
NUMBERED = frozenset(
    {"status", "code", "error_code", "errorcode"}
)  # may also hold something else than a status
STATUSES = _ranked(
    "http_status",
    "httpstatus",
    "httpstatuscode",
    "http_code",
    "status_code",
    "statuscode",
    "upstream_status",
    "upstreamstatus",
    "status",
    "code",
    "error_code",
    "errorcode",
)

# Children are visited in this order, so that layers come out from the outside to the inside.
CHILDREN: Mapping[str, int] = MappingProxyType(
    {
        key: order
        for order, key in enumerate(
            (
                "error",
                "errors",
                "err",
                "base_resp",
                "data",
                "detail",
                "details",
                "response",
                "innererror",
                "message",
                "msg",
                "errmsg",
                "error_msg",
                "error_message",
                "fail_reason",
                "task_status_msg",
                "cause",
                "responsebody",
                "response_body",
                "body",
                "text",
                "content",
                "output",
                "result",
                "metadata",
                "raw",
            )
        )
    }
)

_REQUEST_LIKE = re.compile(
    r"(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|gen-\d{10}-\w+|chatcmpl-[\w-]+)\Z"
)
_SECONDS = re.compile(
    r"(\d{1,9}(?:\.\d{1,12})?)\s*(ms|s|sec|seconds?|m|min|minutes?|h|hours?|秒|分钟|secs|mins)?\Z",
    re.IGNORECASE,
)
_IN_SECONDS = {
    "ms": 0.001,
    "m": 60,
    "min": 60,
    "minute": 60,
    "minutes": 60,
    "h": 3600,
    "hour": 3600,
    "hours": 3600,
    "mins": 60,
    "分钟": 60,
}


def text(value: str | int | float | bool) -> Value | None:
    words = str(value).strip()
    return (
        words
        if words
        and not isinstance(value, bool)
        and len(words) <= 300
        and words.lower() not in ("none", "null")
        else None
    )


def uuid(value: str | int | float | bool) -> Value | None:
    """An `id` beside a message is the request's where it looks like one."""
    return value if isinstance(value, str) and _REQUEST_LIKE.match(value) else None


def model(value: str | int | float | bool) -> Value | None:
    words = text(value)
    return words if isinstance(words, str) and not words.startswith("<") and words.count(" ") < 4 else None


def yes_no(value: str | int | float | bool) -> Value | None:
    return value if isinstance(value, bool) else None


def count(value: str | int | float | bool) -> Value | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1000 else None


def seconds(value: str | int | float | bool) -> Value | None:
    """`28s`, `1.5`, `400ms` as seconds; whole seconds as an integer."""
    match = _SECONDS.match(str(value).strip())
    if not match or isinstance(value, bool):
        return None
    found = float(match.group(1)) * _IN_SECONDS.get((match.group(2) or "s").lower(), 1)
    return int(found) if found == int(found) else found


def _rows() -> dict[str, tuple[str, float, Convert]]:
    rows: dict[str, tuple[str, float, Convert]] = {}
    for field, trust, convert, keys in (
        (
            "model",
            0.85,
            model,
            (
                "model modelid model_id model_name modelname deployment deployment_id engine "
                "request_model original_model"
            ),
        ),
        (
            "request_id",
            0.85,
            text,
            (
                "request_id requestid request-id x-request-id reqid trace_id traceid log_id logid "
                "x-oneapi-request-id"
            ),
        ),
        ("request_id", 0.5, uuid, "id"),
        ("task_id", 0.85, text, "task_id taskid job_id jobid prediction_id generation_id"),
        ("task_state", 0.8, text, "task_status taskstatus task_state"),
        (
            "provider",
            0.8,
            text,
            ("providerid provider_id provider provider_name providername llm_provider upstream_provider"),
        ),
        ("stream", 0.8, yes_no, "stream is_stream streaming"),
        ("retries", 0.7, count, "retries retry_count attempts attempt num_retries"),
        ("retry_after", 0.85, seconds, "retrydelay retry_after retry-after retryafter retry_after_seconds"),
        ("region", 0.7, text, "region aws_region location_region"),
        ("endpoint", 0.8, text, "request_path endpoint"),
        ("occurred_at", 0.7, text, "timestamp occurred_at created_at time"),
        ("account", 0.6, text, "user_id userid account_id"),
        ("base_url", 0.85, text, "base_url baseurl api_base apibase"),
        ("charged", 0.7, yes_no, "charged billed"),
    ):
        rows.update(dict.fromkeys(keys.split(), (field, trust, convert)))
    return rows


FIELDS_BY_KEY: Mapping[str, tuple[str, float, Convert]] = MappingProxyType(_rows())
