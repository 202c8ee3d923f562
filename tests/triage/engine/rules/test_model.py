"""Model names: unknown, not granted, or retired."""

import pytest

from triage.engine import diagnose

NO_CHANNEL = (
    '{"error":{"code":"model_not_found",'
    '"message":"分组 vip 下模型 demo-large 无可用渠道"},"model":"demo-large"}'
)

CASES = [
    # model.not_found
    ("model gpt4o not found", "model.not_found"),
    ("model demo-9 does not exist", "model.not_found"),
    ("could not find model qwen-demo9", "model.not_found"),
    ("找不到名为 demo 的模型", "model.not_found"),
    (
        '{"error":{"message":"The model `gpt-4o-minni` does not exist or you do not have access to '
        'it.","code":"model_not_found"}}',
        "model.not_found",
    ),
    (
        '{"type":"error","error":{"type":"not_found_error","message":"model: claude-sonet-4"}}',
        "model.not_found",
    ),
    ('{"error":{"message":"Model Not Exist","type":"invalid_request_error"}}', "model.not_found"),
    (
        '{"code":20012,"message":"Model does not exist. Please check it carefully.","data":null}',
        "model.not_found",
    ),
    ('{"error":{"code":"1211","message":"模型不存在，请检查模型代码。"}}', "model.not_found"),
    (
        '{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does '
        'not exist."}}',
        "model.not_found",
    ),
    (
        "404 models/gemini-2.5-prro is not found for API version v1beta, or is not supported for "
        "generateContent.",
        "model.not_found",
    ),
    ("demo/gpt5 is not a valid model ID", "model.not_found"),
    (
        "/v1/messages: Invalid model name passed in model=opus. Call `/v1/models` to view available "
        "models for your key.",
        "model.not_found",
    ),
    ("ValidationException: The provided model identifier is invalid.", "model.not_found"),
    (
        "Invocation of model ID demo.large-v1:0 with on-demand throughput isn't supported. Retry "
        "your request with the ID or ARN of an inference profile",
        "model.not_found",
    ),
    ("model 'demo:70b' not found, try pulling it first", "model.not_found"),
    ("Not found the model kimi-k9 or Permission denied", "model.not_found"),
    (
        "Publisher Model `projects/demo/locations/us-central1/publishers/google/models/demo-9` was "
        "not found or your project does not have access to it.",
        "model.not_found",
    ),
    ("调用报错：不支持的模型 demo-xl", "model.not_found"),
    # model.not_enabled
    ('{"error":{"message":"该令牌无权访问模型 demo-large","type":"new_api_error"}}', "model.not_enabled"),
    (
        '{"error":{"message":"This token has no access to model demo-large","type":"new_api_error"}}',
        "model.not_enabled",
    ),
    (
        '{"error":{"message":"当前分组 default 下对于模型 demo-large 无可用渠道","type":"one_api_error"}}',
        "model.not_enabled",
    ),
    ("No available channel for model demo-large under group default (distributor)", "model.not_enabled"),
    ("Project `proj_demo` does not have access to model `gpt-demo`", "model.not_enabled"),
    (
        "team not allowed to access model. This team can only access models=['demo-mini']. Tried to "
        "access demo-large",
        "model.not_enabled",
    ),
    (
        "AccessDeniedException: You don't have access to the model with the specified model ID.",
        "model.not_enabled",
    ),
    ("Your organization must be verified to use the model `gpt-image-demo`.", "model.not_enabled"),
    (
        '{"error":{"code":"ModelNotOpen","message":"Your account 2100 has not activated the model '
        'doubao-demo."}}',
        "model.not_enabled",
    ),
    (
        '{"code":"AccessDenied.Unpurchased","message":"Access to model denied. Please make sure you '
        'are eligible for using the model."}',
        "model.not_enabled",
    ),
    (
        "The 'gpt-demo-codex' model is not supported when using Codex with a ChatGPT account.",
        "model.not_enabled",
    ),
    ("当前套餐不包含该模型", "model.not_enabled"),
    # model.deprecated
    ("The model `mixtral-demo` has been decommissioned and is no longer supported.", "model.deprecated"),
    (
        "The model `gpt-demo-preview` has been deprecated, learn more here: https://"
        "platform.openai.com/docs/deprecations",
        "model.deprecated",
    ),
    (
        "Access denied. This Model is marked by provider as Legacy and you have not been actively "
        "using the model",
        "model.deprecated",
    ),
    ("404 models/gemini-1.5-pro is not found for API version v1beta", "model.deprecated"),
    ("该模型已下线，请切换到新版本", "model.deprecated"),
    ("claude-3-opus-20240229 返回 not_found_error", "model.deprecated"),
    (
        '{"error":{"code":"model_not_supported","message":"This model is not supported here."}}',
        "model.not_found",
    ),
]


@pytest.mark.parametrize(("text", "cause"), CASES)
def test_a_model_problem_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize(
    ("known", "cause"),
    [
        ({}, "model.not_enabled"),
        ({"models": ["demo-small"]}, "model.not_found"),
        ({"models": ["demo-large"], "key": {"models": ["demo-small"]}}, "model.not_enabled"),
        (
            {"models": ["demo-large"], "key": {"models": ["demo-large"]}, "failing_alike": {"accounts": 6}},
            "route.no_channel",
        ),
        ({"retry_unchanged_succeeded": True}, "route.no_channel"),
    ],
)
def test_the_lists_of_the_gateway_decide_what_no_channel_means(known: dict[str, object], cause: str) -> None:
    assert diagnose(NO_CHANNEL, known).cause.slug == cause


@pytest.mark.parametrize(
    "text",
    [
        "当前分组 default 下对于模型 demo-large 无可用渠道，换哪个模型都一样，昨天还好好的",
        "当前分组 default 下对于模型  无可用渠道",
        "The model is overloaded. Please try again later.",
    ],
)
def test_other_texts_are_no_model_problem(text: str) -> None:
    assert diagnose(text).cause.family != "model"
