"""The story around an error turns what the error alone suspects, in English and Chinese."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose
from triage.engine.verdict import Verdict

CASES = {
    "route.upstream_account": [
        "Colleagues see the same since noon.\n\n401 Incorrect API key provided",
        "换 claude 正常，gpt 全部报\n\nYou exceeded your current quota, please check your plan and billing details.",
        "报错里的金额我没见过\n\n预扣费额度失败, 用户剩余额度: 0.0002",
        "The amount is not mine.\n\nuser quota is not enough, code insufficient_user_quota",
    ],
    "upstream.error": [
        "Everybody in our company gets it since noon.\n\n404 Not Found",
        "过了一会儿自己恢复了\n\n400 invalid_request_error",
        "Repeating the very same request gives a 200.\n\n400 Bad Request",
        "Your domain does not open for any of us.\n\ncurl: (7) Failed to connect to relay.example port 443",
    ],
    "client.unsupported": [
        "With curl the same key works.\n\n500 Internal Server Error",
        "换个客户端就可以\n\n请求失败",
        "Deleting the cache folder of the app cured it.\n\n400 Bad Request",
        "重装客户端后正常\n\n请求失败",
    ],
    "gateway.bug": [
        "Over the relay only; a direct call to the vendor works.\n\n400 tools.0.input_schema is invalid",
        "走中转就报错，直连官方接口是正常的\n\n400 messages 参数错误",
        "I never sent this parameter.\n\n400 Unsupported parameter: 'store'",
        "After upgrading our relay to v2.3 every call fails.\n\n500 internal error",
        "0.1.39 升 0.1.41 以后渠道报错\n\nupstream error 500",
        "Our relay answers with an empty error; the vendor's console lists the call as completed.",
        "claude code 接中转的 gpt 模型\n\nUnsupported parameter: max_output_tokens",
    ],
    "client.timeout": [
        "Behind our own nginx.\n\n504 Gateway Time-out",
        "自己的反代后面，60 秒就超时\n\n504 Gateway Time-out",
    ],
    "client.network": ["On a phone hotspot it is fine.\n\nConnection error.", "手机热点可以\n\n请求超时"],
    "client.proxy_tls": ["With the VPN off it works.\n\nConnection error.", "关掉代理就正常\n\n请求失败"],
    "param.messages": [
        "A new chat works.\n\n400 invalid_request_error",
        "第一轮正常，第二轮就报错\n\n400 参数错误",
    ],
    "param.unsupported": [
        "Without tools it works.\n\n500 internal error",
        "去掉这个参数就正常\n\n400 invalid_request_error",
    ],
    "media.invalid": [
        "Certain pictures give this every time.\n\n500 internal error",
        "只有这张图片报错\n\n500 internal error",
    ],
    "key.expired": [
        "After a restart it works again.\n\n401 invalid authentication credentials",
        "重启程序又好了\n\n401 Unauthorized: invalid api key",
    ],
    "rate.account": [
        "My own OpenAI key.\n\n429 Rate limit reached for requests",
        "填的是自己的 key\n\n429 请求过于频繁，触发限流",
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_the_story_turns_the_error(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_what_is_told_alone_is_never_sure() -> None:
    diagnosis = diagnose("Colleagues see the same since noon.\n\n401 Incorrect API key provided")

    assert diagnosis.verdict is Verdict.PROVIDER_INCIDENT
    assert diagnosis.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("My own OpenAI key, colleagues see the same.\n\n401 Incorrect API key provided", "key.invalid"),
        ("用 curl 也报一样的错\n\n401 Incorrect API key provided", "key.invalid"),
        ("Retrying does not help.\n\n400 Unsupported parameter: 'store'", "param.unsupported"),
    ],
)
def test_a_story_that_tells_nothing_new_turns_nothing(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_a_story_takes_confidence_from_what_stands_on_two_grounds_and_does_not_silence_it() -> None:
    error = '{"error":{"message":"Invalid value for temperature","code":"invalid_value"}}'
    alone, told = diagnose(error), diagnose(f"Everybody in our company gets it since noon.\n\n{error}")

    assert (alone.cause.slug, told.cause.slug) == ("param.invalid", "param.invalid")
    assert told.confidence < 0.8 <= alone.confidence
