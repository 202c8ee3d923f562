import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.context import Context
from triage.engine.doctors.rate_limit import separate

LAYERS = [
    ("group requests-per-minute limit exceeded", {}, "group"),
    ("错误 429：该分组请求频率超过限制", {}, "group"),
    (
        '{"error":{"message":"Rate limit exceeded for api_key: 3f9c. Limit type: requests","code":"429"}}',
        {},
        "key",
    ),
    ("429 该令牌并发数已达上限", {}, "key"),
    ("您已达到总请求数限制：1分钟内最多请求60次，包括失败次数", {}, "customer"),
    ("Rate limit exceeded for team: research. Limit type: tokens", {}, "customer"),
    ("Rate limit reached for gpt-4o in organization org-made-up on tokens per min (TPM)", {}, "customer"),
    (
        "This request would exceed your organization's rate limit of 40,000 input tokens per minute",
        {},
        "customer",
    ),
    ("Quota exceeded for metric: generate_requests_per_model_per_day, RESOURCE_EXHAUSTED", {}, "customer"),
    ("Rate limit exceeded: free-models-per-min. 429", {}, "customer"),
    (
        "429 Rate limit reached in organization org-x (request id: 20250102030405123456789abcdEFGH)",
        {},
        "provider",
    ),
    ("some/model:free is temporarily rate-limited upstream. 429", {}, "provider"),
    ("当前分组上游负载已饱和，请稍后再试 429", {}, "provider"),
    ("429 The engine is currently overloaded, please try again later", {}, "capacity"),
    ("Error 529 overloaded_error", {}, "capacity"),
    ("No deployments available for selected model, Try again in 20 seconds. 429", {}, "gateway"),
    ("<html><h1>429 Too Many Requests</h1><hr>nginx</html>", {}, "gateway"),
    ("429 too many requests", {}, "unknown"),
    ("HTTP 429", {"gateway_log": {"upstream_status": 429}}, "provider"),
    ("HTTP 429", {"failing_alike": {"accounts": 9, "failures": 80, "minutes": 60}}, "provider"),
    ("HTTP 429", {"failing_alike": {"accounts": 1, "failures": 2, "minutes": 60}}, "unknown"),
    ("HTTP 429", {"gateway_log": {"found": False}}, "gateway"),
]


@pytest.mark.parametrize(("text", "known", "layer"), LAYERS)
def test_the_layer_that_refused_is_told_apart(text, known, layer):
    advice = separate(text, context=Context.from_dict(known))

    assert (advice.layer, advice.limited) == (layer, True)
    assert advice.explanation.en
    assert advice.explanation.zh


NEVER = [
    ("429 RESOURCE_EXHAUSTED Quota exceeded for metric requests, limit: 0, model: some-pro", "not_in_plan"),
    ("Request too large for m on tokens per min (TPM): Limit 6000, Requested 9100", "too_large"),
    ("429 tokens per min (TPM): Limit 30,000, Used 0, Requested 31,538", "too_large"),
    ("429 insufficient_quota: You exceeded your current quota, please check your plan and billing", "money"),
    ("429 账户余额不足，请充值", "money"),
]
HEALS = [
    "429 tokens per min (TPM): Limit 40000, Used 39485, Requested 787",
    "429 RESOURCE_EXHAUSTED You exceeded your current quota, check your plan and billing. limit: 250",
    "429 limit: 10 requests per minute",
    '429 insufficient_quota {"request_id":"a","host":"dashscope"} You exceeded your current quota',
    "429 too many requests",
]


@pytest.mark.parametrize(("text", "why"), NEVER)
def test_a_limit_that_waiting_never_heals_is_named(text, why):
    advice = separate(text)

    assert (advice.never_heals, advice.never) == (True, why)
    assert "Waiting does not help" in advice.explanation.en
    assert "等待没有用" in advice.explanation.zh


@pytest.mark.parametrize("text", HEALS)
def test_a_limit_that_time_heals_is_not_called_hopeless(text):
    assert not separate(text).never_heals


@pytest.mark.parametrize(
    "text",
    ["Incorrect API key provided", "model not found", "503 no available channel", "", "我的账户打不开"],
)
def test_a_text_without_a_limit_is_left_alone(text):
    advice = separate(text)

    assert (advice.limited, advice.layer, advice.wait_seconds) == (False, "unknown", None)


def test_the_status_of_the_evidence_is_enough():
    assert separate("slow down please", values={"http_status": 429}).limited


def test_a_wait_read_elsewhere_is_used_when_the_text_has_none():
    assert separate("HTTP 429", values={"retry_after": 12}).wait_seconds == 12
    assert separate("HTTP 429\nRetry-After: 7", values={"retry_after": 12}).wait_seconds == 7


def test_the_wait_is_said_in_plain_words():
    advice = separate("429 Too Many Requests. Retry-After: 360")

    assert advice.explanation.en.endswith("Wait 6 minutes before the next try.")
    assert advice.explanation.zh.endswith("请等待 6 分钟后再试。")


@given(st.text(max_size=200), st.dictionaries(st.sampled_from(["http_status", "retry_after"]), st.integers()))
def test_no_text_makes_it_raise(text, values):
    advice = separate(text + " 429 retry-after: " + text, values=values)

    assert advice.wait_seconds is None or advice.wait_seconds >= 0
