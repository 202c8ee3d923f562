"""Money and allowances: the account, the key, the group or plan."""

import pytest

from triage.engine import diagnose
from triage.engine.verdict import Verdict

REQUEST_ID = "(request id: 20261105100000123456789abcdefgh)"
OTHER_REQUEST_ID = "(request id: 20261105100001223456789abcdefgh)"

CASES = [
    (
        '{"error":{"message":"Key sk-…ab12 has reached its limit of 5.00 USD","type":"new_api_error",'
        '"code":"insufficient_quota"}}',
        "quota.key_limit",
    ),
    ('{"error":{"message":"密钥 demo 的预算 20 元已用完","code":"insufficient_quota"}}', "quota.key_limit"),
    ('429 RESOURCE_EXHAUSTED reason: "INSUFFICIENT_PLAN_CREDITS"', "quota.balance"),
    # quota.balance
    (
        '{"error":{"code":"insufficient_user_quota","message":"用户额度不足, 剩余额度: ＄0.001 '
        + REQUEST_ID
        + '"}}',
        "quota.balance",
    ),
    (
        '{"error":{"message":"预扣费额度失败, 用户剩余额度: ＄0.2, '
        '需要预扣费额度: ＄0.9","type":"new_api_error"}}',
        "quota.balance",
    ),
    (
        '{"error":{"message":"You exceeded your current quota, please check your plan and billing '
        'details.","type":"insufficient_quota","code":"insufficient_quota"}}',
        "quota.balance",
    ),
    (
        "openai.RateLimitError: Error code: 429 - {'error': {'message': 'Your account is not active, "
        "please check your billing details on our website.', 'code': 'billing_not_active'}}",
        "quota.balance",
    ),
    (
        "Your credit balance is too low to access the Claude API. Please go to Plans & Billing to "
        "upgrade or purchase credits.",
        "quota.balance",
    ),
    ("402 Insufficient Balance", "quota.balance"),
    ('{"error":{"code":"1113","message":"您的账户已欠费，请充值后重试"}}', "quota.balance"),
    (
        '{"code":"Arrearage","message":"Access denied, please make sure your account is in good standing."}',
        "quota.balance",
    ),
    (
        '{"error":{"code":"AccountOverdueError","message":"The request failed because your account '
        'has an overdue balance."}}',
        "quota.balance",
    ),
    (
        "litellm.APIError: OpenrouterException - Insufficient credits. Add more using https://"
        "openrouter.ai/settings/credits",
        "quota.balance",
    ),
    (
        "This request requires more credits, or fewer max_tokens. You requested up to 16000 tokens, "
        "but can only afford 900.",
        "quota.balance",
    ),
    (
        "Your team demo has either used all available credits or reached its monthly spending limit.",
        "quota.balance",
    ),
    (
        "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.",
        "quota.balance",
    ),
    ('{"code":1102,"message":"Resource pack depleted"}', "quota.balance"),
    ("You have exceeded your monthly included credits for Inference Providers.", "quota.balance"),
    (
        "This API method requires billing to be enabled. Please enable billing on project #12345",
        "quota.balance",
    ),
    ("调用提示账户余额不足，请充值", "quota.balance"),
    ("积分不足，无法生成", "quota.balance"),
    (
        "ElevenLabs: 401 quota_exceeded, You have 3 credits remaining, while 120 credits are required",
        "quota.balance",
    ),
    # quota.key_limit
    (
        '{"error":{"message":"该令牌额度已用尽 TokenStatusExhausted[sk-ab1***f9] '
        + REQUEST_ID
        + '","type":"new_api_error"}}',
        "quota.key_limit",
    ),
    ('{"error":{"code":"pre_consume_token_quota_failed","message":"令牌额度不足"}}', "quota.key_limit"),
    (
        "403 Key limit exceeded (daily limit). Manage it using https://openrouter.ai/settings/keys",
        "quota.key_limit",
    ),
    (
        '{"error":{"message":"Billing hard limit has been reached","code":"billing_hard_limit_reached"}}',
        "quota.key_limit",
    ),
    (
        "You have reached your specified API usage limits. You will regain access on 2026-12-01 at "
        "00:00 UTC.",
        "quota.key_limit",
    ),
    (
        '{"error":{"message":"Budget has been exceeded! Current cost: 1.01, Max budget: 1.0",'
        '"type":"budget_exceeded"}}',
        "quota.key_limit",
    ),
    ("这个密钥设置的额度用完了，返回 401", "quota.key_limit"),
    # quota.group
    (
        '{"error":{"message":"Budget has been exceeded! Team=research Current cost: 101, Max budget: '
        '100","type":"budget_exceeded"}}',
        "quota.group",
    ),
    (
        '{"error":{"code":"1308","message":"已达到 5 '
        '小时的使用上限。您的限额将在 2026-11-21 09:00:00 重置。"}}',
        "quota.group",
    ),
    ("You've hit your usage limit. Upgrade to Pro or try again in 3 hours.", "quota.group"),
    ("Claude usage limit reached. Your limit will reset at 7pm (UTC).", "quota.group"),
    (
        "You've reached your usage limit for this billing cycle. Your quota will be refreshed in the "
        "next cycle.",
        "quota.group",
    ),
    ("分组额度已用完", "quota.group"),
    ("团队本月额度已用尽，成员都不能调用", "quota.group"),
    # the relay's own account at the vendor
    (
        '{"error":{"message":"Insufficient Balance ' + REQUEST_ID + '","type":"upstream_error"}}',
        "route.upstream_account",
    ),
    (
        '{"error":{"message":"用户额度不足 '
        + REQUEST_ID
        + " "
        + OTHER_REQUEST_ID
        + '","type":"new_api_error"}}',
        "route.upstream_account",
    ),
    # a plan's key on the pay-as-you-go address
    (
        'GLM Coding Plan 用户。\n\n{"error":{"code":"1113","message":"余额不足或无可用资源包,请充值。"}}',
        "endpoint.base_url",
    ),
    ("后台余额还有三百。\n\n402 Insufficient Balance", "route.upstream_account"),
    ("Several users report the same.\n\n402 Insufficient Balance", "route.upstream_account"),
]


@pytest.mark.parametrize(("text", "cause"), CASES)
def test_spent_money_is_named_with_whose_it_is(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ({}, Verdict.CONFIG_MISTAKE),
        ({"account": {"balance": 0}}, Verdict.CONFIG_MISTAKE),
        ({"account": {"balance": 41.5}}, Verdict.PROVIDER_INCIDENT),
        ({"failing_alike": {"accounts": 20}}, Verdict.PROVIDER_INCIDENT),
        ({"retry_unchanged_succeeded": True}, Verdict.PROVIDER_INCIDENT),
    ],
)
def test_context_tells_whose_balance_is_empty(known: dict[str, object], verdict: Verdict) -> None:
    assert diagnose("402 Insufficient Balance", known).verdict == verdict


@pytest.mark.parametrize("text", ["余额充足，密钥也没问题，一直返回 500", "HTTP 500, my quota is fine"])
def test_money_that_is_there_is_no_quota_problem(text: str) -> None:
    assert diagnose(text).cause.family != "quota"
