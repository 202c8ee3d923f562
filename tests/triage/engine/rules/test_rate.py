"""Pace: the customer's own limit, or the provider's."""

import pytest

from triage.engine import diagnose

REQUEST_ID = "(request id: 20261105100000123456789abcdefgh)"
OWN_LIMIT = (
    "Rate limit reached for gpt-4o in organization org-demo on tokens per min (TPM): Limit 30000,"
    " Used 29900, Requested 410."
)

NOBODYS_LIMIT = [
    "429 rate limit",
    "Rate limiting",
    '{"error":{"message":"Rate limit"}}',
    'HTTP 429\nretry-after: 45\n{"error":"rate limit"}',
    "触发速率限制",
    "429 速率限制",
]

CASES = [
    # rate.account
    (OWN_LIMIT, "rate.account"),
    (
        "Request too large for gpt-4o in organization org-demo on tokens per min (TPM): Limit 30000, "
        "Requested 41210.",
        "rate.account",
    ),
    (
        '{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed the '
        'rate limit for your organization of 20,000 input tokens per minute"}}',
        "rate.account",
    ),
    ("Number of request tokens has exceeded your per-minute rate limit", "rate.account"),
    (
        "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-06-01 "
        "have exceeded token rate limit of your current OpenAI S0 pricing tier.",
        "rate.account",
    ),
    (
        "429 RESOURCE_EXHAUSTED Quota exceeded for metric: generativelanguage.googleapis.com/"
        "generate_content_free_tier_requests, limit: 20",
        "rate.account",
    ),
    (
        "429 You exceeded your current quota. * Quota exceeded for metric: "
        "generate_content_free_tier_input_token_count, limit: 0",
        "rate.account",
    ),
    (
        '{"error":{"message":"Your account org-demo<ak-demo> request reached max organization '
        'concurrency: 1","type":"rate_limit_reached_error"}}',
        "rate.account",
    ),
    ('{"error":{"code":"1302","message":"您的账户已达到速率限制，请您控制请求频率"}}', "rate.account"),
    (
        '{"code":"Throttling.RateQuota","message":"Requests rate limit exceeded, please try again later."}',
        "rate.account",
    ),
    (
        '{"error":{"code":"limit_requests","message":"You exceeded your current requests list."}}',
        "rate.account",
    ),
    ('{"error":{"code":"ModelAccountRpmRateLimitExceeded","type":"TooManyRequests"}}', "rate.account"),
    ("Request was rejected due to rate limiting. Details: TPM limit reached.", "rate.account"),
    ('{"error":{"message":"Rate limit exceeded: free-models-per-day","code":429}}', "rate.account"),
    (
        '{"error":{"message":"您已达到请求数限制：5分钟内最多请求20次 '
        + REQUEST_ID
        + '","type":"new_api_error"}}',
        "rate.account",
    ),
    (
        '{"detail":{"status":"too_many_concurrent_requests","message":"Too many concurrent requests."}}',
        "rate.account",
    ),
    ('{"error":{"code":"concurrent_limit_exceeded","message":"Concurrent limit exceeded"}}', "rate.account"),
    ("You are using a Trial key, which is limited to 10 API calls / minute.", "rate.account"),
    ("开了五个线程同时请求就报 429 too many requests，一个一个来就正常", "rate.account"),
    ("提示并发数超过限制", "rate.account"),
    (
        "Rate limit exceeded for key: 5f3c. Limit type: max_parallel_requests. Current limit: 2, "
        "Remaining: 0",
        "rate.account",
    ),
    # rate.upstream
    (
        '{"error":{"message":"Provider returned error","code":429,"metadata":{"raw":"demo/r1:free is '
        'temporarily rate-limited upstream."}}}',
        "rate.upstream",
    ),
    (
        '{"error":{"message":"当前分组上游负载已饱和，请稍后再试 '
        + REQUEST_ID
        + '","code":"rate_limit_exceeded"}}',
        "rate.upstream",
    ),
    ('{"error":{"message":"Rate limit exceeded","code":"rate_limit_exceeded"}}', "rate.upstream"),
    ("429 Resource has been exhausted (e.g. check quota).", "rate.upstream"),
    ("Error 429: Too Many Requests", "rate.upstream"),
    ("上游限流，请稍后再试", "rate.upstream"),
    ("[ERR] relay error (channel #8): 429 Too Many Requests", "rate.upstream"),
    (OWN_LIMIT + " " + REQUEST_ID, "rate.upstream"),
    # money comes with the same status
    ("429 余额不足或无可用资源包,请充值。", "quota.balance"),
    ("429 Too Many Requests. A colleague on another account has no trouble.", "rate.account"),
    ("一直 429 请求频繁，换个账号就正常", "rate.account"),
]


@pytest.mark.parametrize(("text", "cause"), CASES)
def test_a_rate_limit_is_named_with_whose_it_is(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize(
    ("text", "known", "cause"),
    [
        (OWN_LIMIT, {"failing_alike": {"accounts": 14}}, "rate.upstream"),
        (OWN_LIMIT, {"failing_alike": {"accounts": 1}}, "rate.account"),
        ("429 Too Many Requests", {"failing_alike": {"accounts": 1, "failures": 12}}, "rate.account"),
        ("429 Too Many Requests", {"failing_alike": {"accounts": 0, "failures": 0}}, "rate.upstream"),
        ("429 Too Many Requests", {"failing_alike": {"accounts": 1, "failures": 2}}, "rate.upstream"),
        ("429 Too Many Requests", {"gateway_log": {"found": True, "upstream_status": 429}}, "rate.upstream"),
        ("429 Too Many Requests", {"key": {"remaining": 0}}, "quota.key_limit"),
    ],
)
def test_context_tells_whose_limit_it_is(text: str, known: dict[str, object], cause: str) -> None:
    assert diagnose(text, known).cause.slug == cause


def test_a_limit_below_the_request_is_no_matter_of_context_length() -> None:
    text = "413 Request too large for model `demo-8b` on tokens per minute (TPM): Limit 6000, Requested 9000"

    assert diagnose(text).cause.slug == "rate.account"


@pytest.mark.parametrize("text", NOBODYS_LIMIT)
def test_bare_words_of_pace_leave_open_whose_limit_it_is(text: str) -> None:
    diagnosis = diagnose(text)

    assert diagnosis.verdict == "needs_evidence"
    assert {each.slug for each in diagnosis.alternatives[:2]} == {"rate.account", "rate.upstream"}
