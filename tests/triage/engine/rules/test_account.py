"""The account or organisation behind the key is switched off."""

import pytest

from triage.engine import diagnose

REQUEST_ID = "(request id: 20261105100000123456789abcdefgh)"

CASES = [
    ("请先完成实名认证", "account.deactivated"),
    ("Please verify your phone number before using the API", "account.deactivated"),
    (
        '{"type":"error","error":{"type":"invalid_request_error","message":"This organization has '
        'been disabled."}}',
        "account.deactivated",
    ),
    (
        "openai.AuthenticationError: Error code: 401 - Your OpenAI account has been deactivated, "
        "please check your email for more information.",
        "account.deactivated",
    ),
    (
        '{"error":{"message":"Organization has been restricted. Please reach out to support",'
        '"code":"organization_restricted"}}',
        "account.deactivated",
    ),
    ('{"error":{"message":"用户已被封禁 ' + REQUEST_ID + '","type":"new_api_error"}}', "account.deactivated"),
    ('{"error":{"code":"1112","message":"您的账户已被锁定，请联系客服解锁"}}', "account.deactivated"),
    (
        '{"error":{"code":403,"message":"Permission denied: Consumer \'api_key:demo\' has been '
        'suspended.","status":"PERMISSION_DENIED"}}',
        "account.deactivated",
    ),
    ("昨天账号被封了，现在全部 403", "account.deactivated"),
    ("My account was banned after a review, each call is refused with 403.", "account.deactivated"),
    ("User is banned", "account.deactivated"),
    (
        '{"detail":{"status":"detected_unusual_activity","message":"Unusual activity detected."}}',
        "account.deactivated",
    ),
    # Suspended for money is a matter of balance.
    (
        "Your account org-demo is suspended due to insufficient balance, please recharge your account",
        "quota.balance",
    ),
    # The account behind the relay's channel.
    (
        '{"error":{"message":"This organization has been disabled. ' + REQUEST_ID + '"}}',
        "route.upstream_account",
    ),
]


@pytest.mark.parametrize(("text", "cause"), CASES)
def test_a_closed_account_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_many_accounts_refused_alike_are_not_the_customers_account() -> None:
    text = '{"error":{"message":"This organization has been disabled."}}'

    assert diagnose(text, {"failing_alike": {"accounts": 12}}).cause.slug != "account.deactivated"


def test_the_gateways_record_of_the_account_decides() -> None:
    assert (
        diagnose("HTTP 403 Forbidden", {"account": {"status": "disabled"}}).cause.slug
        == "account.deactivated"
    )
