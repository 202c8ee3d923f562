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
        "Request failed with status code 502",
        (
            'Error: 500 {"error":{"message":"write tcp 172.18.0.4:52222->203.0.113.9:443: write: '
            "connection reset by peer (request id: "
            '20260102030405000000001AbCdEfGh)","type":"new_api_error","code":"do_request_failed"}'
            "}"
        ),
        (
            '{"error":{"message":"invalid character \'<\' looking for beginning of value (request '
            "id: "
            '20260102030405000000001AbCdEfGh)","type":"new_api_error","code":"bad_response_body"}'
            "}"
        ),
        (
            '{"error":{"message":"invalid character \'e\' looking for beginning of '
            'value","type":"one_api_error","code":"unmarshal_response_body_failed"}}'
        ),
        "同样的请求昨天还能成功，今天开始都返回 500 internal error",
        "everything worked until this morning, now every call: 503 UNAVAILABLE",
        (
            "ModelErrorException: The system encountered an unexpected error during processing. "
            "Try your request again."
        ),
        '服务商返回 {"code":50501,"message":"Model service temporarily unavailable"}',
        "模型推理服务异常 inference error",
        '{"base_resp":{"status_code":1000,"status_msg":"unknown error, 520 (1000)"}}',
        (
            "stream disconnected before completion: An error occurred while processing your "
            "request. You can retry your request"
        ),
        "exceeded retry limit, last status: 503 Service Unavailable",
        (
            "Since the provider's maintenance window yesterday everything on this model ends so, "
            'other models fine.\n\n{"error":{"message":"Internal server '
            'error","type":"server_error","code":500}}'
        ),
        (
            "dify 应用报 [openai_api_compatible] Server Unavailable Error, API request failed "
            "with status code 502: <html>502 Bad Gateway nginx</html>"
        ),
        ("Batch of 500 prompts: about one in forty ends with 'upstream error', rerunning those works."),
        "从早上到现在 gpt-5 全部 500，其他模型没事，群里都在说。",
        "Gateway answers 502 within 20 ms for every request, also for /v1/models.",
        "Our status monitor: relay returns 503 for everybody since 09:40 UTC.",
        "HTTP 530 <title>Cloudflare Tunnel error | relay.example</title>",
    ],
    "upstream.overloaded": [
        '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
        "API Error 529",
        "The model is overloaded. Please try again later.",
        "We are currently experiencing high demand",
        "当前模型访问量过大，请稍后再试",
        "System is too busy now. Please try again later.",
        "服务器繁忙，请稍后再试",
        "请求对话模型失败，图像模型可以。\n\nAPI请求失败: 服务器负载过高，模型恢复失败",
        (
            "sora2 任务 queued 一直 0%，后来变成 failed: heavy_load We're under heavy load, "
            "please try again later."
        ),
        (
            "503 Service Unavailable. This model is currently experiencing high demand. Spikes "
            "in demand are usually temporary."
        ),
        '{"error":{"message":"当前服务负载较高，请稍后再试","type":"server_busy"}}',
        "系统繁忙，稍后重试 (code 1305)",
        (
            "stream disconnected before completion: Our servers are currently overloaded. Please "
            "try again later."
        ),
        (
            "Every evening between eight and ten the answers take ages or fail, mornings are "
            "fine.\n\n503 overloaded"
        ),
        '{"error":{"message":"model busy, please retry","type":"busy"}}',
        'veo: {"code":8,"message":"The service is currently experiencing high load"}',
        "kling: task_status=failed, task_status_msg: Service busy",
        "MJ: failReason: Job Action Restricted，Your job queue is full",
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
        (
            "Complex prompts fail reliably after 30000 ms through the provider's proxy, shorter "
            "ones pass.\n\nHTTP 503"
        ),
        "网页上一直转圈，控制台报 504",
        "litellm.Timeout: AnthropicException - Timeout: Request timed out after 600.0 seconds",
        "HTTP Error 408 from openrouter: upstream idle timeout exceeded",
        "中转站挂了 Cloudflare，非流式请求到 100 秒必断。\n\nHTTP 524",
        (
            "Non-stream requests to the vendor's public endpoint fail at exactly 60 s with 504, "
            "with stream it is fine."
        ),
        "The dashboard of the relay opens, the API host gives error 522.",
        "长文本总结走流式也会在 5 分钟整断开，用的是你们的接口。",
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
        "stream error: stream ID 5; INTERNAL_ERROR; received from peer",
        "http2: server sent GOAWAY and closed the connection",
        'data: {"error":{"message":"Network connection lost.","code":502}}',
        (
            "The stream just hangs: first tokens arrive, then nothing, and after five minutes "
            "terminated. Started this afternoon for all of us."
        ),
        '{"error":{"message":"Error in input stream","type":"server_error","code":500}}',
        '流式输出到一半报 {"error":{"message":"Provider disconnected unexpectedly","code":502}}',
    ],
    "upstream.empty_response": [
        'HTTP 200 {"choices":[],"usage":{"completion_tokens":0}}',
        "The model returned an empty response, retry works.",
        "状态码 200，但是返回内容为空",
        "OpenAI-compatible response returned empty non-stream content\nAPI returned empty content",
        (
            '{"choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":null},'
            '"finish_reason":"stop"}],"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tok'
            'ens":0}}'
        ),
        (
            "It works perfectly, then it starts giving empty responses out of nowhere, and after "
            "some hours it answers again, with every model."
        ),
        "No model responds. They all give empty replies, not even errors.",
        "总 token 是 0，回复为空，渠道测试也是成功的",
        (
            'Home Assistant voice pipeline; sometimes the answer is empty.\n\n{"candidates": '
            '[{"content": {"parts": [{"text": ""}], "role": "model"}, "finishReason": "STOP"}]}'
        ),
        "接口 200 但是 data: [] ，图片列表为空",
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_the_provider_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (
            '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
            "upstream.overloaded",
        ),
        ('{"error":{"message":"The engine is overloaded, try later"}}', "upstream.overloaded"),
        ('{"error":{"message":"upstream connection reset"}}', "upstream.stream_interrupted"),
        ('{"error":{"message":"流被上游中断"}}', "upstream.stream_interrupted"),
        ('{"error":{"type":"api_error","message":"Internal server error"}}', "upstream.stream_interrupted"),
        ('{"error":{"message":"Insufficient balance","code":402}}', "quota.balance"),
        ("[DONE]", "upstream.empty_response"),
    ],
)
@pytest.mark.parametrize("event", ["", "event: error\n"])
def test_an_error_in_the_stream_outweighs_empty_choices(event: str, error: str, cause: str) -> None:
    named = event if error.startswith("{") else ""
    stream = f'HTTP 200\ndata: {{"id":"c-1","choices":[]}}\n\n{named}data: {error}\n'

    assert diagnose(stream).cause.slug == cause


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
