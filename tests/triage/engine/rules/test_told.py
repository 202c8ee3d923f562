"""What customers tell around an error, against or beside what the error itself says."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "upstream.error": [
        "Now and then it fails. A second attempt with the same body passed.\n\n"
        '{"code":3,"description":"invalid parameter"}',
        "偶尔返回参数错误，重新调用几次又可以成功。\n\n400 invalid_request_error",
        "Every model returns this since noon, even for hello.\n\nUpstream request failed",
        "所有模型都报错，连你好也不行。\n\n500 openai_error",
    ],
    "route.upstream_account": [
        "I use the built-in provider of the tool, no key of my own.\n\n401 Your account has been deactivated",
        "没有填自己的 key，用的是公益站。\n\nIncorrect API key provided",
        "这个金额不是我的余额。\n\n预扣费额度失败, 用户剩余额度: 0.1",
    ],
    "gateway.bug": [
        "把 one-api 降回上个版本就好了。\n\n令牌无权使用模型",
        "After the gateway release. Rolling back the gateway fixes it.\n\n400 invalid parameter",
        "网关里的密钥自动变成过期，手动改回又能用。",
        "Through the relay the tool arguments are empty; a direct call to the vendor returns them.",
        "Through our gateway, and the client does send the tool results.\n\n"
        "messages.8: `tool_use` ids were found without `tool_result` blocks",
    ],
    "task.upstream_failed": ["提交成功，但官网看到这个任务是失败。\n\n生成失败，请重试"],
    "upstream.stream_interrupted": [
        "In the middle of long answers the server hung up.\n\npeer closed connection (incomplete chunked read)",
        "长回答输出到一半上游断开。\n\nstream terminated",
    ],
    "rate.account": [
        "More than 3 calls in 10 seconds and it fails.\n\n429 Too Many Requests",
        "10 秒内调用超过 3 次就报错。\n\n当前分组上游负载已饱和，请稍后再试",
    ],
    "client.stream_parse": ["回答输出到一半就报错。\n\nUnexpected end of JSON input"],
    "client.proxy_tls": ["开着系统代理就连不上，关掉代理正常"],
    "model.not_enabled": ["在控制台开通模型就好了。\n\n404 The model does not exist"],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_the_story_decides(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize(
    "text",
    [
        "The dashboard shows $40 left.\n\n402 Your credit balance is too low",
        "后台明明还有 30 元。\n\n403 用户额度不足",
    ],
)
def test_a_story_against_the_error_takes_the_certainty(text: str) -> None:
    diagnosis = diagnose(text)
    assert diagnosis.cause.slug == "quota.balance"
    assert diagnosis.confidence < 0.8


def test_without_such_a_story_the_error_is_sure() -> None:
    error = '{"error":{"message":"用户额度不足","code":"insufficient_user_quota"}}'
    assert diagnose(error).confidence >= 0.8


@pytest.mark.parametrize(
    "text", [text for texts in CASES.values() for text in texts if text.count("\n\n") == 1][:8]
)
def test_what_is_told_is_never_sure(text: str) -> None:
    assert diagnose(text).confidence < 0.8
