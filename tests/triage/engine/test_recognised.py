"""Every error, status and situation that the product promises to recognise, in English and Chinese."""

import pytest

from triage.engine import diagnose

CODES = [
    ("invalid_api_key", "key.invalid"),
    ("expired_api_key", "key.expired"),
    ("revoked_api_key", "key.revoked"),
    ("missing_required_field", "param.missing"),
    ("invalid_value", "param.invalid"),
    ("model_not_supported", "model.not_found"),
    ("context_length_exceeded", "context.too_long"),
    ("rate_limit_exceeded", "rate.upstream"),
    ("insufficient_quota", "quota.balance"),
    ("concurrent_limit_exceeded", "rate.account"),
    ("internal_error", "upstream.error"),
    ("service_unavailable", "upstream.error"),
]
STATUSES = [
    (400, {"param.invalid", "unknown"}),
    (401, {"key.invalid", "unknown"}),
    (403, {"permission.group", "unknown"}),
    (404, {"endpoint.base_url", "endpoint.not_found", "unknown"}),
    (408, {"client.timeout", "upstream.timeout"}),
    (413, {"context.too_long", "media.invalid", "client.proxy_tls", "param.invalid"}),
    (422, {"param.invalid", "param.unsupported", "param.missing"}),
    (429, {"rate.upstream", "unknown"}),
    (499, {"client.disconnect"}),
    (500, {"upstream.error", "unknown"}),
    (502, {"upstream.error", "unknown"}),
    (503, {"upstream.error", "upstream.overloaded", "unknown"}),
    (504, {"upstream.timeout"}),
    (520, {"upstream.error"}),
    (521, {"upstream.error"}),
    (522, {"upstream.error", "upstream.timeout"}),
    (523, {"upstream.error"}),
    (524, {"upstream.timeout"}),
    (529, {"upstream.overloaded"}),
]
SITUATIONS = [
    (
        "client.network",
        "httpx.ConnectTimeout: timed out, the relay's address cannot be reached",
        "连接超时，连不上中转地址 httpx.ConnectTimeout",
    ),
    (
        "client.timeout",
        "My client timeout is 20 s and it fails with httpx.ReadTimeout, the model thinks longer",
        "客户端读取超时设成 20 秒，推理模型还没想完就 ReadTimeout",
    ),
    (
        "client.network",
        "curl: (6) Could not resolve host: relay.example",
        "DNS 解析失败，getaddrinfo ENOTFOUND relay.example",
    ),
    (
        "client.proxy_tls",
        "certificate verify failed: self-signed certificate in certificate chain",
        "SSL 证书校验失败 certificate verify failed",
    ),
    (
        "client.proxy_tls",
        "ProxyError('Cannot connect to proxy.')",
        "代理连接失败 ProxyError Cannot connect to proxy",
    ),
    (
        "key.whitespace",
        "Illegal header value b'Bearer sk-fake\\n'",
        "密钥复制时多了一个换行，报 401 无效的令牌",
    ),
    (
        "key.wrong_provider",
        "I use my deepseek key at the openai address: 401 Incorrect API key provided",
        "把 deepseek 的 key 填到 openai 官方地址了，报 401 Incorrect API key provided",
    ),
    ("account.deactivated", "Your account has been deactivated", "用户已被封禁"),
    (
        "endpoint.base_url",
        "Invalid URL (POST /v1/v1/chat/completions)",
        "Base URL 填成 https://relay.example/v1/chat/completions，请求地址变成两遍，返回 404",
    ),
    ("model.not_found", "The model `gpt4o` does not exist", "模型名写错了：模型不存在 gpt4o"),
    ("permission.group", "This token has no access to group vip", "无权访问 vip 分组"),
    ("quota.balance", "Your balance is insufficient, please recharge", "余额不足，请充值"),
    ("quota.group", "Team budget exceeded: the group has used its allowance", "分组额度已用尽"),
    ("quota.key_limit", "Key limit exceeded (total limit)", "该令牌额度已用尽"),
    ("context.too_long", "prompt is too long: 215000 tokens > 200000 maximum", "上下文长度超过模型最大限制"),
    (
        "param.unsupported",
        "Unsupported parameter: 'top_k' is not supported with this model",
        "该模型不支持参数 top_k",
    ),
    (
        "upstream.stream_interrupted",
        "event: error in the middle of the stream: upstream connection closed, HTTP 502",
        "流式返回到一半上游断开，日志里是上游 502",
    ),
    (
        "client.proxy_tls",
        "Behind my nginx proxy the stream arrives all at once",
        "经过自己的 nginx 反代后流式一次性全部返回",
    ),
    (
        "client.disconnect",
        "The user closed the page, the log shows 499 context canceled",
        "用户关闭了页面，日志里是 499 context canceled",
    ),
    ("task.params", "video task: duration must be 5 or 10", "视频任务失败：duration 只能是 5 或 10"),
    (
        "task.params",
        "runway: invalid ratio, expected one of 1280:720, 720:1280",
        "视频 ratio 不支持，只能是 16:9 或 9:16",
    ),
    (
        "task.params",
        "video task: resolution 4k is not supported, expected one of 720p, 1080p",
        "视频任务失败：分辨率 resolution 不支持 4k",
    ),
    (
        "media.invalid",
        "video task: the reference image could not be downloaded",
        "视频任务失败：参考图无法下载",
    ),
    (
        "task.params",
        "image task: seed must be between 0 and 2147483647",
        "生图任务失败：seed 超出范围",
    ),
    (
        "task.params",
        "video task: watermark must be a boolean",
        "视频任务失败：watermark 参数只能是 true 或 false",
    ),
    (
        "task.params",
        "video task: callback_url is not a valid public https address",
        "视频任务回调地址 callback_url 无效",
    ),
    ("unknown", "read ECONNRESET", "连接被重置 ECONNRESET"),
    (
        "model.not_found",
        "My program rewrites the model name to gpt-4o-2099: The model `gpt-4o-2099` does not exist",
        "客户端自动把模型名改写成 gpt-4o-2099，报模型不存在",
    ),
    (
        "model.not_found",
        "A short name: model sonnet not found",
        "短模型名 sonnet 报 model sonnet not found",
    ),
    ("task.queued", '{"status": "queued", "position": 7}', "视频任务还在排队，前面还有 7 个"),
    ("task.duplicate", "duplicate request: the same task was already submitted", "重复提交：相同任务已存在"),
    ("billing.mismatch", "The task failed but I was charged", "任务失败了但是扣了钱，没有结果"),
]


@pytest.mark.parametrize(("code", "cause"), CODES)
def test_an_error_code_is_recognised(code: str, cause: str) -> None:
    diagnosis = diagnose(f'{{"error": {{"message": "", "type": "error", "code": "{code}"}}}}')

    assert diagnosis.cause.slug == cause


@pytest.mark.parametrize(("status", "causes"), STATUSES)
@pytest.mark.parametrize("text", ["HTTP {}", "接口返回状态码 {}"])
def test_a_bare_status_leads_to_a_usual_cause(status: int, causes: set[str], text: str) -> None:
    diagnosis = diagnose(text.format(status))

    assert diagnosis.cause.slug in causes
    assert diagnosis.evidence.value("http_status") == status


@pytest.mark.parametrize(("cause", "english", "chinese"), SITUATIONS)
def test_a_situation_is_recognised_in_both_languages(cause: str, english: str, chinese: str) -> None:
    assert (diagnose(english).cause.slug, diagnose(chinese).cause.slug) == (cause, cause)


@pytest.mark.parametrize(
    "text", ["HTTP/1.1 429 Too Many Requests\nRetry-After: 17\n\n", "429，请 17 秒后重试"]
)
def test_the_wait_that_was_asked_for_is_read(text: str) -> None:
    assert diagnose(text).evidence.value("retry_after") == 17
