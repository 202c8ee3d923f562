"""Requests that the customer has to change, as people paste them."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "param.missing": [
        (
            "400 {'error': {'message': \"Missing required parameter: 'input'.\", 'code': "
            "'missing_required_parameter'}}"
        ),
        '{"error":{"code":"missing_required_field","message":"messages is required"}}',
        'HTTP 422 {"detail":[{"type":"missing","loc":["body","prompt"],"msg":"Field required"}]}',
        "Bad Request: 'texts' is a required property",
        "接口返回 400：缺少必填参数 input",
        "请求参数错误：prompt 不能为空",
        "当前分组 default 下对于模型  无可用渠道 (request id: 20260101120000123456789AbCdEfGh)",
        (
            '{"error":{"message":"Model name not specified, model name cannot be '
            'empty","type":"new_api_error"}}'
        ),
    ],
    "param.invalid": [
        (
            "Error code: 400 - {'error': {'message': \"Invalid value: 'hihg'. Supported values "
            "are: 'low', 'medium', and 'high'.\", 'param': 'reasoning_effort', 'code': "
            "'invalid_value'}}"
        ),
        '{"error":{"message":"top_p must be in (0, 1]","type":"invalid_request_error"}}',
        (
            '{"object":"error","message":"temperature must be non-negative, got '
            '-1.0.","type":"BadRequestError","code":400}'
        ),
        "max_tokens is too large: 999999. This model supports at most 8192 completion tokens",
        "`max_tokens` must be greater than `thinking.budget_tokens`",
        (
            "json: cannot unmarshal string into Go struct field GeneralOpenAIRequest.temperature "
            "of type float64"
        ),
        '{"error":{"code":"1214","message":"temperature 参数非法。取值范围 (0,1)"}}',
        (
            "<400> InternalError.Algo.InvalidParameter: Input should be less than or equal to "
            "8192: parameters.max_tokens"
        ),
        "parameter.enable_thinking must be set to false for non-streaming calls",
        "HTTP/1.1 422 Unprocessable Entity",
        (
            "The reply is empty and finish_reason is length, completion_tokens_details shows "
            "reasoning_tokens 512"
        ),
    ],
    "param.unsupported": [
        "Unsupported parameter: 'max_tokens' is not supported with this model.",
        "Unrecognized request argument supplied: enable_search",
        (
            '{"detail":[{"type":"extra_forbidden","loc":["body","frequency_penalty"],"msg":"Extra'
            " "
            'inputs are not permitted"}]}'
        ),
        ("litellm.UnsupportedParamsError: cohere does not support parameters: ['tools'], for model=command"),
        "model_not_supported: tools is not supported by this model",
        'No endpoints found that support tool use. Try disabling "browser_search".',
        "该模型不支持图片输入，请更换多模态模型",
        "400 不支持的参数：top_logprobs",
        '{"error":{"code":"1215","message":"stream 与 n 不能同时设置"}}',
        "400 This model does not support image input",
    ],
    "param.malformed_json": [
        "We could not parse the JSON body of your request.",
        (
            '{"error":{"message":"invalid character \'}\' looking for beginning of object key '
            'string","code":"bad_request_body"}}'
        ),
        '{"detail":[{"type":"json_invalid","loc":["body",12],"msg":"JSON decode error"}]}',
        "Invalid JSON payload received. Expected , or } after key:value pair.",
        "请求体不是合法的 JSON，JSON 解析失败",
        "HTTP 415 Unsupported Media Type",
    ],
    "param.messages": [
        "messages: roles must alternate between user and assistant",
        (
            "Invalid parameter: messages with role 'tool' must be a response to a preceeding "
            "message with 'tool_calls'."
        ),
        (
            "An assistant message with 'tool_calls' must be followed by tool messages responding "
            "to each 'tool_call_id'."
        ),
        (
            "messages.0: all messages must have non-empty content except for the optional final "
            "assistant message"
        ),
        (
            "Please ensure that function call turn comes immediately after a user turn or after "
            "a function response turn."
        ),
        ("Invalid schema for function 'get_weather': 'objct' is not valid under any of the given schemas."),
        "'messages' must contain the word 'json' in some form",
        "Error: 400 reasoning_content is missing in assistant tool call message",
        (
            "This model does not support assistant message prefill. The conversation must end "
            "with a user message."
        ),
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_a_request_fault_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_the_same_text_turns_when_the_request_passed_unchanged() -> None:
    text = '{"error":{"message":"Invalid value: \'x\'.","param":"size","code":"invalid_value"}}'

    assert diagnose(text).verdict == "config_mistake"
    assert diagnose(text, {"retry_unchanged_succeeded": True}).verdict == "provider_incident"


def test_a_field_never_sent_is_the_gateways() -> None:
    refused = "Unknown parameter: 'safety_identifier'."

    assert diagnose(refused).cause.slug == "param.unsupported"
    assert diagnose(f"{refused} I never sent that field.").cause.slug == "gateway.bug"
    assert diagnose(f"{refused} 我的请求里没有传这个参数").cause.slug == "gateway.bug"
