"""Statuses, headers, paths and URLs."""

import pytest

from triage.engine.extract import extract


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("HTTP/1.1 429 Too Many Requests", 429),
        ("HTTP 503", 503),
        ("HTTP/1.1 503\nx-request-id: req_1", 503),  # no reason, and the next line begins like a measure
        ("Error code: 401", 401),
        ("status_code=504, upstream timed out", 504),
        ("unexpected status 502 Bad Gateway", 502),
        ("POST /v1/chat/completions -> 403", 403),
        ("https://relay.test/v1/embeddings: 404", 404),
        ("<title>413 Request Entity Too Large</title>", 413),
        ("<400> InvalidParameter: bad size", 400),
        ("今天一直报 500，重启也没用", 500),
        ("接口返回429错误", 429),
        ("every call gets a 529 since noon", 529),
        ("The HTTP status is 200, the body is empty", 200),
        ("we hit the rate limit: 429", 429),
        ("the account 401 again", 401),
        ("GET /v1/models 200\nPOST /v1/responses 404", 404),
    ],
)
def test_statuses_are_read_in_their_company(text: str, status: int) -> None:
    assert extract(text).value("http_status") == status


@pytest.mark.parametrize(
    "text",
    [
        "it stops after 500 tokens",
        "waits 503 ms",
        "I paid 404 元",
        "dall-e at 512x512",
        "user 4291 wrote",
        "costs $500",
        "Rate limit reached: Limit 90000, Used 89800, Requested 400. Please slow down",
        "syntax error at line 404, column 501",
        "已用 500 张",
    ],
)
def test_other_numbers_are_no_statuses(text: str) -> None:
    assert extract(text).value("http_status") is None


@pytest.mark.parametrize(
    ("text", "request_id"),
    [
        ("x-request-id: req_0a1b2c3d4e5f", "req_0a1b2c3d4e5f"),
        ('{"type":"error","error":{"type":"x","message":"y"},"request_id":"req_9z8y7x6w"}', "req_9z8y7x6w"),
        ("失败 (request id: 20260101020304555666777AbCdEfGh)", "20260101020304555666777AbCdEfGh"),
        (
            "(request id: 20260101020304111111111AAAAAAAA) (request id: 20260101020305222222222BBBBBBBB)",
            "20260101020305222222222BBBBBBBB",
        ),
        ("请求ID：7f0c1d2e-aaaa-bbbb-cccc-0123456789ab", "7f0c1d2e-aaaa-bbbb-cccc-0123456789ab"),
        ('{"response":{"id":"resp_0123456789abcdef","error":{"code":"x"}}}', "resp_0123456789abcdef"),
        (
            "[ERR] 2026/01/02 | 20260102030405999888777ZyXwVuTs | relay error",
            "20260102030405999888777ZyXwVuTs",
        ),
    ],
)
def test_the_request_id_of_the_called_gateway_is_taken(text: str, request_id: str) -> None:
    assert extract(text).value("request_id") == request_id


@pytest.mark.parametrize(
    ("text", "endpoint", "request_type"),
    [
        ("POST /v1/images/generations 500", "/v1/images/generations", "image"),
        ("url: https://relay.test/mount/v1/responses", "/v1/responses", "responses"),
        ("GET https://relay.test/v1/videos/task_0123456789abcdef failed", "/v1/videos", "video"),
        (
            "https://g.test/v1beta/models/gemini-2.0-flash:generateContent",
            "/v1beta/models/gemini-2.0-flash:generateContent",
            "chat",
        ),
        ("Max retries exceeded with url: /v1/embeddings (Caused by …)", "/v1/embeddings", "embedding"),
        ("Invalid URL (POST /audio/speech)", "/audio/speech", "audio"),
        ("not supported in the v1/rerank endpoint", "v1/rerank", "rerank"),
        ("when calling the Converse operation: denied", "Converse", "chat"),
        ("through images/edits it fails", "images/edits", "image"),
    ],
)
def test_endpoints_give_the_type_of_request(text: str, endpoint: str, request_type: str) -> None:
    evidence = extract(text)

    assert (evidence.value("endpoint"), evidence.value("request_type")) == (endpoint, request_type)


@pytest.mark.parametrize(
    ("text", "base_url"),
    [
        ('base_url = "https://relay.test/api/v1"', "https://relay.test/api/v1"),
        ("POST https://relay.test/v1/chat/completions", "https://relay.test/v1"),
        ("Base URL 填的是 http://127.0.0.1:3000/v1", "http://127.0.0.1:3000/v1"),
        ("with host https://api.relay.test/v2/rerank.", "https://api.relay.test/v2/rerank"),
        ("<html><title>api.relay.test | 522: Connection timed out</title>", "api.relay.test"),
    ],
)
def test_base_urls(text: str, base_url: str) -> None:
    assert extract(text).value("base_url") == base_url


def test_a_link_to_read_is_no_endpoint() -> None:
    evidence = extract(
        "see https://docs.relay.test/v1/guide and https://platform.openai.com/account/api-keys"
    )

    assert evidence.value("endpoint") is None
    assert evidence.value("base_url") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("retry-after: 17", 17),
        ("Please try again in 1.5s.", 1.5),
        ("Please retry after 86400 seconds", 86400),
        ("{'@type': 'RetryInfo', 'retryDelay': '41s'}", 41),
        ("请 30 秒后重试", 30),
        ("Please retry in 7.123456789s.", 7.123456789),
        ("try again in 2 minutes", 120),
    ],
)
def test_waiting_times_are_seconds(text: str, seconds: float) -> None:
    assert extract(text).value("retry_after") == seconds


def test_regions_stand_in_host_names() -> None:
    assert (
        extract("getaddrinfo ENOTFOUND bedrock-runtime.eu-west-3.amazonaws.com").value("region")
        == "eu-west-3"
    )


def test_the_id_of_a_request_is_no_code_of_an_error() -> None:
    read = extract(
        "HTTP/1.1 503 Service Unavailable\nx-request-id: req_77aa01\ncontent-type: application/json\n\n{}"
    )

    assert read.value("request_id") == "req_77aa01"
    assert read.value("error_code") is None
