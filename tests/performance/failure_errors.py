"""Errors of synthetic days: customers' own mistakes, passing trouble, incidents, and blips of the gateway itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Error:
    """`text` may hold {id}, {model}, {n}: what differs from call to call."""

    status: int
    type: str
    code: str
    text: str


OWN = (
    Error(
        401,
        "invalid_request_error",
        "invalid_api_key",
        "Incorrect API key provided: sk-...{n}. You can find your API key in the console.",
    ),
    Error(401, "new_api_error", "", "无效的令牌 (request id: {id})"),
    Error(
        403, "new_api_error", "insufficient_user_quota", "用户额度不足, 剩余额度: ＄0.{n} (request id: {id})"
    ),
    Error(
        404,
        "invalid_request_error",
        "model_not_found",
        "The model `{model}-preview` does not exist or you do not have access to it.",
    ),
    Error(
        400,
        "invalid_request_error",
        "context_length_exceeded",
        "This model's maximum context length is 128000 tokens. However, your messages resulted in {n} tokens.",
    ),
    Error(
        400,
        "invalid_request_error",
        "unsupported_parameter",
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ),
    Error(400, "invalid_request_error", "", "Missing required parameter: 'messages'."),
    Error(400, "invalid_request_error", "", "We could not parse the JSON body of your request."),
    Error(403, "new_api_error", "", "该令牌无权访问模型 {model} (request id: {id})"),
    Error(
        400,
        "invalid_request_error",
        "content_policy_violation",
        "Your request was rejected as a result of our safety system.",
    ),
    Error(404, "invalid_request_error", "", "Invalid URL (POST /v1/v1/chat/completions)"),
    Error(429, "new_api_error", "", "您已达到请求数限制：1分钟内最多请求{n}次 (request id: {id})"),
)
PASSING = (
    Error(
        429,
        "rate_limit_error",
        "rate_limit_exceeded",
        "Rate limit reached for {model} in organization org-{id} on tokens per min. Please try again in {n}ms.",
    ),
    Error(504, "upstream_error", "", "upstream request timeout after {n}s (request id: {id})"),
    Error(
        502, "upstream_error", "bad_response_status_code", "bad response status code 502 (request id: {id})"
    ),
    Error(
        500,
        "server_error",
        "",
        "The server had an error while processing your request. Sorry about that! (request id: {id})",
    ),
)
TROUBLE = (
    Error(
        503,
        "server_error",
        "",
        "The engine is currently overloaded, please try again later (request id: {id})",
    ),
    Error(
        529,
        "overloaded_error",
        "",
        '{{"type":"error","error":{{"type":"overloaded_error","message":"Overloaded"}},"request_id":"req_{id}"}}',
    ),
    Error(
        503,
        "new_api_error",
        "model_not_found",
        "当前分组 default 下对于模型 {model} 无可用渠道 (request id: {id})",
    ),
    Error(
        500,
        "upstream_error",
        "do_request_failed",
        "do request failed: dial tcp 10.0.0.{n}:443: connect: connection refused (request id: {id})",
    ),
    Error(500, "api_error", "internal_server_error", "Internal server error, trace {id}"),
    Error(
        504,
        "gateway_timeout",
        "",
        "<html><head><title>504 Gateway Time-out</title></head><body><h1>504 Gateway Time-out</h1></body></html>",
    ),
    Error(500, "upstream_error", "", "stream closed before completion: unexpected EOF (request id: {id})"),
    Error(
        200,
        "upstream_error",
        "empty_response",
        "upstream returned an empty response, no choices (request id: {id})",
    ),
    Error(503, "UNAVAILABLE", "503", "The model is overloaded. Please try again later."),
    Error(
        429,
        "upstream_error",
        "",
        "upstream account has been rate limited, all channels are busy (request id: {id})",
    ),
    Error(500, "server_error", "", "CUDA error: device-side assert triggered on worker {n}"),
    *PASSING,
)
BLIP = (
    Error(502, "", "", "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"),
    Error(503, "gateway_error", "", "gateway is restarting, connection reset by peer"),
    Error(500, "gateway_error", "", "dial tcp 127.0.0.1:3000: connect: connection refused"),
)
