"""The gateway's pool: no channel left, or the account behind a channel is out of order."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "route.no_channel": [
        ("No deployments available for selected model, Try again in 30 seconds. Passed model=tiny-1"),
        "503 No available accounts: all accounts are in cooldown",
        "所有渠道均不可用，请稍后重试",
        "获取分组 vip 下模型 qwen-max 的可用渠道失败（retry）",
        "当前分组 default 下对于模型 qwen-max 无可用渠道，昨天还好好的，换别的模型也一样",
        "该渠道已被禁用",
        '{"error":{"code":"channel:no_available_key","type":"new_api_error","message":"no key"}}',
        (
            '{"error":{"message":"Rate limit: all channels of this model are busy (request id: '
            '20260102030405000000001AbCdEfGh)"}}'
        ),
        "No auth credentials found for provider in pool, all credentials cooling down",
        "auth_unavailable: no auth available",
        ('{"error":{"code":"model_cooldown","message":"All credentials for model gpt-5 are cooling down"}}'),
        (
            "From one minute to the other all models in group vip vanished.\n\nNo available "
            "channel for model gpt-4o under group vip (distributor)"
        ),
        "HTTP 429 from your gateway with body 'all upstream accounts exhausted'",
    ],
    "route.upstream_account": [
        '账户和令牌都还有余额\n\n{"error":{"message":"该令牌额度已用尽","type":"new_api_error"}}',
        "Only the biggest model fails.\n\nThis organization has been disabled.",
        "All upstream accounts are rate limited, wait 40s",
        '{"error":{"code":"channel:invalid_key","type":"new_api_error","message":"bad"}}',
        (
            "You exceeded your current quota, please check your plan and billing details. "
            "(request id: 20260102030405000000001AbCdEfGh) new_api_error insufficient_quota"
        ),
        "余额不足，但是重试一次又成功了",
        (
            "401 Incorrect API key provided. GET /v1/models -> 200 with the same token, only "
            "chat/completions fails"
        ),
        "402 Insufficient credits, other users report the same today",
        "insufficient balance (1008) with this model only, all other models work",
        "渠道测试返回 organization has been disabled",
        "我们后台看到这个渠道余额为 0，客户那边报错。\n\ninsufficient_quota",
        (
            'Paid customer of the relay with credit left.\n\n{"error":{"message":"Your credit '
            "balance is too low to access the Anthropic API. (request id: "
            '20260301121212345678901AbCdEfGh)","type":"new_api_error"}}'
        ),
        (
            "Only Claude models fail, gpt ones answer, same token.\n\n"
            '{"error":{"type":"authentication_error","message":"invalid x-api-key"}}'
        ),
        "mj /imagine failed: Subscription required / You've run out of fast hours",
        "suno: generate failed, token expired or insufficient credits in pool account",
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_the_pool_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


BARE = "当前分组 default 下对于模型 qwen-max 无可用渠道"


def test_others_without_a_channel_make_it_an_outage() -> None:
    assert diagnose(BARE).cause.slug != "route.no_channel" or diagnose(BARE).confidence < 0.5
    assert diagnose(BARE, {"failing_alike": {"accounts": 8}}).cause.slug == "route.no_channel"


@pytest.mark.parametrize("text", ["401 Incorrect API key provided", "Your credit balance is too low"])
def test_the_gateways_log_shows_whose_account(text: str) -> None:
    log = {"gateway_log": {"found": True, "upstream_status": 401}}

    assert diagnose(text).verdict == "config_mistake"
    assert diagnose(text, log).cause.slug == "route.upstream_account"
