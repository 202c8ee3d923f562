"""What the key belongs to may not do this, or not from here."""

import pytest

from triage.engine import diagnose

CASES = [
    # permission.region
    (
        '{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or '
        'territory not supported"}}',
        "permission.region",
    ),
    (
        '{"error":{"code":400,"message":"User location is not supported for the API use.",'
        '"status":"FAILED_PRECONDITION"}}',
        "permission.region",
    ),
    ('API Error: 403 {"error":{"type":"forbidden","message":"Request not allowed"}}', "permission.region"),
    (
        "An error occurred (ValidationException) when calling the Converse operation: Access to "
        "Anthropic models is not allowed from unsupported countries, regions, or territories.",
        "permission.region",
    ),
    ("This service is not available in your country.", "permission.region"),
    ("接口提示：您所在的地区暂不支持使用", "permission.region"),
    (
        "<title>Attention Required! | Cloudflare</title> <h1>Sorry, you have been blocked</h1> You "
        "are unable to access api.anthropic.com",
        "permission.region",
    ),
    ("服务器在国内，报 unsupported_country_region_territory", "permission.region"),
    # permission.group
    ('{"error":{"message":"无权访问 svip 分组","type":"new_api_error"}}', "permission.group"),
    ('{"error":{"message":"令牌分组 old 已被弃用","type":"new_api_error"}}', "permission.group"),
    (
        '{"error":{"message":"您的 IP 不在令牌允许访问的列表中",'
        '"type":"new_api_error","code":"access_denied"}}',
        "permission.group",
    ),
    ('{"error":{"message":"该令牌只能在指定网段使用","type":"one_api_error"}}', "permission.group"),
    (
        "You have insufficient permissions for this operation. Missing scopes: model.request.",
        "permission.group",
    ),
    (
        "Generative Language API has not been used in project 123456 before or it is disabled.",
        "permission.group",
    ),
    ("Permission 'aiplatform.endpoints.predict' denied on resource", "permission.group"),
    (
        "The principal `demo` lacks the required data action `Microsoft.CognitiveServices/accounts/"
        "OpenAI/deployments/chat/completions/action`",
        "permission.group",
    ),
    (
        '{"type":"error","error":{"type":"permission_error","message":"Your API key does not have '
        'permission to use the specified resource."}}',
        "permission.group",
    ),
    (
        "User: arn:aws:iam::000000000000:user/demo is not authorized to perform: bedrock:InvokeModel "
        "on resource: arn:aws:bedrock:us-east-1::foundation-model/demo",
        "permission.group",
    ),
    ('{"error":{"code":"1220","message":"您无权访问 videos/generations"}}', "permission.group"),
    ("No endpoints found matching your data policy (Paid model training).", "model.not_enabled"),
]


@pytest.mark.parametrize(("text", "cause"), CASES)
def test_a_lacking_permission_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize(
    "text",
    [
        "HTTP 403",
        "User location is not supported for the API use. It happens to a part of the requests only, "
        "same server.",
        "Your account balance is insufficient, HTTP 403",
    ],
)
def test_other_refusals_are_no_permission_problem(text: str) -> None:
    assert diagnose(text).cause.family != "permission"
