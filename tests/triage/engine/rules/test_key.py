"""Keys: which one was sent, in what form and to whom, and whether it still holds."""

import pytest

from triage.engine import diagnose
from triage.engine.verdict import Verdict

# Synthetic keys are put together here, so that none stands in the file.
OPENAI_KEY = "sk-proj-" + "aB3" + "*" * 20 + "9xYz"
ROUTER_KEY = "sk-or-v1" + "*" * 18 + "3e2f"
REQUEST_ID = "(request id: 20261105100000123456789abcdefgh)"
NEXT_REQUEST_ID = "(request id: 20261105100001223456789abcdefgh)"

CASES = [
    ("未提供 Authorization 请求头", "key.missing_header"),
    ("没有携带认证信息", "key.missing_header"),
    ("Authorization header was not sent", "key.missing_header"),
    ("I use a key from Mistral, not from Groq: 401 Unauthorized, incorrect api key", "key.wrong_provider"),
    ("提示 API Key 错误或为空，请检查", "key.invalid"),
    # key.invalid
    (f"401 Incorrect API key provided: {OPENAI_KEY}.", "key.invalid"),
    ('HTTP 401 {"error":{"code":"invalid_api_key","message":"Invalid API Key"}}', "key.invalid"),
    ('{"error":{"message":"无效的令牌 ' + REQUEST_ID + '","type":"new_api_error"}}', "key.invalid"),
    ('{"error":{"message":"Invalid token ' + REQUEST_ID + '","type":"new_api_error"}}', "key.invalid"),
    (
        "litellm.proxy.proxy_server.user_api_key_auth(): Exception occured - Authentication Error, "
        "Invalid proxy server token passed. Received API Key = sk-...k2Lm, Key Hash (Token) =88dc28d0",
        "key.invalid",
    ),
    (
        'anthropic.AuthenticationError: Error code: 401 - {"type":"error",'
        '"error":{"type":"authentication_error","message":"invalid x-api-key"}}',
        "key.invalid",
    ),
    (
        '{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.",'
        '"status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}',
        "key.invalid",
    ),
    (
        'openai.AuthenticationError: Error code: 401 - {"error":{"message":"Authentication Fails (no '
        'such user)","type":"authentication_error"}}',
        "key.invalid",
    ),
    (
        '{"code":"InvalidApiKey","message":"Invalid API-key provided.","request_id":"0f2c-demo"}',
        "key.invalid",
    ),
    (
        '{"error":{"code":"AuthenticationError","message":"The API key format is incorrect. Request '
        'id: 0217demo","type":"Unauthorized"}}',
        "key.invalid",
    ),
    (
        "botocore.exceptions.ClientError: An error occurred (UnrecognizedClientException) when "
        "calling the InvokeModel operation: The security token included in the request is invalid.",
        "key.invalid",
    ),
    ('{"detail":{"status":"invalid_api_key","message":"Invalid API key"}}', "key.invalid"),
    ("调用提示 API Key 无效，请检查", "key.invalid"),
    (
        '{"error":{"code":"1002","message":"Authorization Token非法，请确认Authorization Token正确传递。"}}',
        "key.invalid",
    ),
    ("Invalid API key · Please run /login", "key.invalid"),
    ("接口返回身份验证失败，HTTP 401", "key.invalid"),
    (
        "Incorrect API key provided: https://***********/v1. You can find your API key at https://"
        "platform.openai.com/account/api-keys.",
        "key.invalid",
    ),
    ("Error code: 401 - Incorrect API key provided: your-api-key-here.", "key.invalid"),
    # key.whitespace
    ("httpcore.LocalProtocolError: Illegal header value b'Bearer sk-demo\\r\\n'", "key.whitespace"),
    (
        'Post "https://api.relay.example/v1/chat/completions": net/http: invalid header field value '
        'for "Authorization"',
        "key.whitespace",
    ),
    (
        "java.lang.IllegalArgumentException: Unexpected char 0x0a at 56 in Authorization value",
        "key.whitespace",
    ),
    (
        "TypeError: Cannot convert argument to a ByteString because the character at index 7 has a "
        "value of 20320 which is greater than 255.",
        "key.whitespace",
    ),
    (
        "requests.exceptions.InvalidHeader: Invalid leading whitespace, reserved character(s), or "
        "return character(s) in header value: 'Bearer sk-demo\\n'",
        "key.whitespace",
    ),
    ("从网页复制密钥时末尾多了一个换行，一直返回 401", "key.whitespace"),
    ("System.FormatException: New-line characters are not allowed in header values.", "key.whitespace"),
    # key.expired
    ('{"error":{"code":"expired_api_key","message":"API key has expired"}}', "key.expired"),
    ('{"error":{"message":"该令牌已过期 ' + REQUEST_ID + '","type":"new_api_error"}}', "key.expired"),
    (
        '{"error":{"message":"Authentication Error - Expired Key. Key Expiry time 2026-10-01",'
        '"type":"expired_key","code":"400"}}',
        "key.expired",
    ),
    (
        'API Error: 401 {"type":"error","error":{"type":"authentication_error","message":"OAuth '
        'token has expired. Please obtain a new token or refresh your existing token."}}',
        "key.expired",
    ),
    ('{"code":1004,"message":"Authorization has expired"}', "key.expired"),
    ("登录状态已失效，请重新登录", "key.expired"),
    ("Provided authentication token is expired. Please try signing in again.", "key.expired"),
    (
        "google.auth.exceptions.RefreshError: ('invalid_grant: Token has been expired or revoked.')",
        "key.expired",
    ),
    # key.revoked
    ('{"error":{"code":"revoked_api_key","message":"API key revoked"}}', "key.revoked"),
    ('{"error":{"message":"该令牌状态不可用","type":"one_api_error"}}', "key.revoked"),
    (
        "403 PERMISSION_DENIED. Your API key was reported as leaked. Please use another API key.",
        "key.revoked",
    ),
    (
        '{"error":{"message":"Authentication Error, Key is blocked. Update via `/key/unblock` if you '
        'are admin","type":"auth_error"}}',
        "key.revoked",
    ),
    ("后台显示密钥已被停用，所有请求 401", "key.revoked"),
    ("OAuth token has been revoked. Please run /login", "key.revoked"),
    # key.missing_header
    (
        "You didn't provide an API key. You need to provide your API key in an Authorization header "
        "using Bearer auth",
        "key.missing_header",
    ),
    ('{"error":{"message":"未提供令牌","type":"new_api_error"}}', "key.missing_header"),
    ('{"error":{"message":"No auth credentials found","code":401}}', "key.missing_header"),
    (
        '{"type":"error","error":{"type":"authentication_error","message":"x-api-key header is required"}}',
        "key.missing_header",
    ),
    (
        "openai.OpenAIError: The api_key client option must be set either by passing api_key to the "
        "client or by setting the OPENAI_API_KEY environment variable",
        "key.missing_header",
    ),
    (
        "Method doesn't allow unregistered callers (callers without established identity).",
        "key.missing_header",
    ),
    (
        '{"error":{"code":"1001","message":"Header中未收到Authorization参数，无法进行身份验证。"}}',
        "key.missing_header",
    ),
    ("httpx.LocalProtocolError: Illegal header value b'Bearer '", "key.missing_header"),
    ('环境变量没读到，请求头里是 "Authorization": "Bearer undefined"，返回 401', "key.missing_header"),
    ("botocore.exceptions.NoCredentialsError: Unable to locate credentials", "key.missing_header"),
    ('{"code":1001,"message":"Authorization is empty"}', "key.missing_header"),
    ("请先设置 API Key 再使用", "key.missing_header"),
    (
        'curl -H "Authorization: Bearer x" /api/log/ -> {"message":"未提供 New-Api-User","success":false}',
        "key.missing_header",
    ),
    # key.wrong_provider
    (
        f"401 Incorrect API key provided: {ROUTER_KEY}. You can find your API key at https://platform.openai.com/account/api-keys.",
        "key.wrong_provider",
    ),
    (
        "I use DeepSeek.\n\nError code: 401 - Incorrect API key provided: "
        "sk-4f1d3***********************77ab. You can find your API key at https://"
        "platform.openai.com/account/api-keys.",
        "key.wrong_provider",
    ),
    (
        "地址和密钥都是中转站给的。\n\nunexpected status 401 "
        "Unauthorized: Incorrect API key provided: cr_4e7***************0b1. You can find your API "
        "key at https://platform.openai.com/account/api-keys.",
        "key.wrong_provider",
    ),
    (
        "密钥是国际站 minimax.io 申请的，请求 https://api.minimaxi.com/v1 返回 401 login fail",
        "key.wrong_provider",
    ),
    # the key of the relay's channel
    (
        '{"error":{"message":"Incorrect API key provided: sk-ab***cd. '
        + REQUEST_ID
        + '","code":"invalid_api_key"}}',
        "route.upstream_account",
    ),
    (
        '{"error":{"message":"无效的令牌 '
        + REQUEST_ID
        + " "
        + NEXT_REQUEST_ID
        + '","type":"new_api_error"}}',
        "route.upstream_account",
    ),
    ("The same key lists the models fine.\n\nError code: 401 - Invalid API key", "route.upstream_account"),
    ("拉模型列表正常，一聊天就返回 401 Invalid API key", "route.upstream_account"),
]


@pytest.mark.parametrize(("text", "cause"), CASES)
def test_a_key_problem_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        ({}, "key.invalid"),
        ({"key": {"state": "expired"}}, "key.expired"),
        ({"key": {"state": "disabled"}}, "key.revoked"),
        ({"key": {"state": "used_up"}}, "quota.key_limit"),
        ({"account": {"status": "disabled"}}, "account.deactivated"),
    ],
)
def test_the_same_refusal_means_what_the_gateway_knows_of_the_key(
    known: dict[str, object], cause: str
) -> None:
    refusal = '{"error":{"message":"Invalid token","type":"new_api_error"}}'

    assert diagnose(refusal, known).cause.slug == cause


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ({}, Verdict.CONFIG_MISTAKE),
        ({"gateway_log": {"found": False}}, Verdict.CONFIG_MISTAKE),
        ({"gateway_log": {"found": True, "upstream_status": 401}}, Verdict.PROVIDER_INCIDENT),
        ({"failing_alike": {"accounts": 9}}, Verdict.PROVIDER_INCIDENT),
    ],
)
def test_the_gateway_log_tells_whose_key_was_refused(known: dict[str, object], verdict: Verdict) -> None:
    refusal = f"401 Incorrect API key provided: {OPENAI_KEY}."

    assert diagnose(refusal, known).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
        "The image link has expired before it was fetched.",
        "密钥没有过期，余额也有，一直 500",
        "This model's maximum context length is 8192 tokens.",
    ],
)
def test_other_texts_are_no_key_problem(text: str) -> None:
    assert diagnose(text).cause.family != "key"
