"""The provider behind the gateway: errors, capacity, time, streams, empty answers."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "upstream.error": [
        "The server had an error while processing your request. Sorry about that!",
        '500 {"type":"error","error":{"type":"api_error","message":"Internal server error"}}',
        (
            '{"error":{"code":500,"message":"An internal error has occurred. Please retry or '
            'report","status":"INTERNAL"}}'
        ),
        '{"error":{"message":"x","type":"server_error","code":"internal_error"}}',
        ('{"error":{"code":"service_unavailable","message":"The service is temporarily unavailable"}}'),
        (
            "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad "
            "Gateway</h1></center></body></html>"
        ),
        "503 Service Temporarily Unavailable",
        "error code: 520",
        "HTTP 521 Web server is down",
        "error code: 523",
        ("upstream connect error or disconnect/reset before headers. reset reason: connection termination"),
        "bad response status code 503 (request id: 20260102030405000000001AbCdEfGh)",
        '{"error":{"message":"Provider returned error","code":502}}',
        "服务内部错误，请稍后重试",
        "网关日志: do_request_failed 请求上游失败 500",
    ],
    "upstream.overloaded": [
        '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
        "API Error 529",
        "The model is overloaded. Please try again later.",
        "We are currently experiencing high demand",
        "当前模型访问量过大，请稍后再试",
        "System is too busy now. Please try again later.",
        "服务器繁忙，请稍后再试",
    ],
    "upstream.timeout": [
        "504 Gateway Time-out",
        "error code: 524",
        "error code: 522",
        "408 The operation was timeout.",
        (
            '{"error":{"code":504,"message":"Deadline expired before operation could '
            'complete.","status":"DEADLINE_EXCEEDED"}}'
        ),
        "Upstream request timed out",
        "上游请求超时",
        "ModelTimeoutException: Model has timed out in processing the request.",
        "所有请求从今天下午开始都超时，超时时间已经设到 600 秒",
    ],
    "upstream.stream_interrupted": [
        "upstream prematurely closed connection while reading upstream",
        (
            'data: {"choices":[{"delta":{"content":"Hel"}}]}\n\nevent: error\ndata: '
            '{"error":{"type":"api_error","message":"internal"}}'
        ),
        "litellm.MidStreamFallbackError: litellm.ServiceUnavailableError",
        "Error [ERR_STREAM_PREMATURE_CLOSE]: Premature close",
        "用中转站老是断流，换一家中转就没问题，peer closed connection",
    ],
    "upstream.empty_response": [
        'HTTP 200 {"choices":[],"usage":{"completion_tokens":0}}',
        "The model returned an empty response, retry works.",
        "状态码 200，但是返回内容为空",
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_the_provider_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize("status", [500, 502, 503])
def test_the_gateways_log_settles_a_wrapper(status: int) -> None:
    wrapped = '{"error":{"message":"openai_error","type":"bad_response_status_code"}}'
    log = {"gateway_log": {"found": True, "upstream_status": status}}

    assert diagnose(wrapped).verdict == "needs_evidence"
    assert diagnose(wrapped, log).verdict == "provider_incident"


def test_an_outage_of_the_provider_settles_a_doubt() -> None:
    text = "Request failed"

    assert diagnose(text).verdict == "needs_evidence"
    assert diagnose(text, {"provider_status": {"state": "outage"}}).verdict == "provider_incident"
