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
        (
            'API Error: 400 {"error":{"code":400,"message":"Request contains an invalid '
            'argument.","status":"INVALID_ARGUMENT"}}'
        ),
        (
            'tts 合成失败\n\n{"base_resp":{"status_code":2013,"status_msg":"invalid params, '
            'voice_id not exist"}}'
        ),
        '{"code":20042,"message":"input batch size 100 > maximum allowed batch size 64"}',
        "Error 400: Budget 0 is invalid. This model only works in thinking mode.",
        (
            "[400 Bad Request] Unable to submit request because it has a maxOutputTokens value "
            "of 100000 but the supported range is from 1 (inclusive) to 65537 (exclusive). "
            "Update the value and try again."
        ),
        (
            "I left max_tokens at 32; the answers have no text.\n\n"
            '{"finish_reason":"length","message":{"content":""}}'
        ),
        (
            "dify: [openai_api_compatible] Bad Request Error, API request failed with status "
            'code 400: {"error":{"message":"Invalid temperature"}}'
        ),
        (
            'temperature 传了字符串。\n\n{"error":{"message":"1 validation error: temperature: '
            'Input should be a valid number, unable to parse string as a number"}}'
        ),
        (
            '{"error":{"message":"Invalid \'stop\': array too long. Expected an array with maximum '
            'length 4","code":"array_above_max_length"}}'
        ),
        "Kimi k2 报 invalid temperature: only 0.6 is allowed for this model",
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
        (
            '[400]: {"error":{"param":"thinking","type":"invalid_request_error","message":"Error '
            "from provider (Console Go): Upstream request failed: [invalid_request_error] "
            'invalid request body: json: unknown field \\"thinking\\""}}'
        ),
        'Error: 400 {"detail":"Unsupported parameter: max_output_tokens"}',
        '{"detail":"Stream must be set to true"}',
        (
            "qwen3 本地部署调用报错\n\nopenai.BadRequestError: Error code: 400 - {'object': "
            "'error', 'message': \"auto\" tool choice requires --enable-auto-tool-choice and "
            "--tool-call-parser to be set', 'type': 'BadRequestError'}"
        ),
        "The model `gpt-4o` does not support the parameter `reasoning_effort`",
        (
            '400 {"error":{"message":"Function tools with reasoning_effort are not supported for '
            'this model in /v1/chat/completions"}}'
        ),
        (
            "[GoogleGenerativeAI Error]: [400 Bad Request] Tool use with a response mime type: "
            "'application/json' is unsupported"
        ),
        (
            "My agent asks for JSON output from a Claude model over an OpenAI style relay.\n\n"
            "Error code: 400 - {'error': {'message': 'output_config.format: Extra inputs are not "
            "permitted', 'type': 'invalid_request_error'}}"
        ),
        ("调用 embeddings 接口传了 dimensions。\n\nThis model does not support specifying dimensions."),
        "logprobs are not supported with reasoning models",
        (
            'xAI grok\n\n{"code":"Client specified an invalid argument","error":"Argument not '
            'supported on this model: presencePenalty"}'
        ),
        (
            'Groq\n\n{"error":{"message":"\'messages.1\' : for \'role:assistant\' the following must '
            "be satisfied[('messages.1' : property 'reasoning' is "
            'unsupported)]","type":"invalid_request_error"}}'
        ),
    ],
    "param.malformed_json": [
        "Invalid JSON body",
        "The request body is not valid JSON",
        "请求体不是合法 JSON",
        "JSON 格式不正确",
        "We could not parse the JSON body of your request.",
        (
            '{"error":{"message":"invalid character \'}\' looking for beginning of object key '
            'string","code":"bad_request_body"}}'
        ),
        '{"detail":[{"type":"json_invalid","loc":["body",12],"msg":"JSON decode error"}]}',
        "Invalid JSON payload received. Expected , or } after key:value pair.",
        "请求体不是合法的 JSON，JSON 解析失败",
        "HTTP 415 Unsupported Media Type",
        (
            "The script posts with Python requests data= instead of json=.\n\n"
            '{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a '
            'valid dictionary or object to extract fields from"}]}'
        ),
        (
            'PowerShell 里 curl 单引号。\n\n{"error":{"message":"invalid character \'\\\\\'\' looking '
            'for beginning of value","type":"new_api_error"}}'
        ),
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
        (
            'API请求失败 (400): {"error":{"code":400,"message":"Function call is missing a '
            "thought_signature in functionCall parts. This is required for tools to work "
            'correctly","status":"INVALID_ARGUMENT"}}'
        ),
        (
            "第一轮正常，第二轮报错。\n\nAPI Error: 400 "
            '{"error":{"code":400,"message":"{\\"type\\":\\"error\\",\\"error\\":{\\"type\\":\\"invalid_re'
            'quest_error\\",\\"message\\":\\"messages.1.content.0.thinking.signature: '
            'Field required\\"}}","status":"INVALID_ARGUMENT"}}'
        ),
        ("tools.33.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12"),
        (
            '429 {"error":{"message":"All 2 attempts failed. Last error: HTTP 400 Bad Request: '
            '{\\"error\\":{\\"message\\":\\"messages.5.content.0: Invalid `signature` in `thinking` '
            'block\\"}}","type":"overloaded_error"},"type":"error"}'
        ),
        "litellm.BadRequestError: OpenAIException - Unrecognized chat message.",
        "messages: at least one message is required",
        (
            'deepseek-reasoner 多轮对话\n\n{"error":{"message":"deepseek-reasoner does not support '
            "successive user or assistant messages (messages[1] and messages[2] in your "
            'input).","type":"invalid_request_error"}}'
        ),
        (
            '{"error":{"message":"The last message of deepseek-reasoner must be a user '
            'message","type":"invalid_request_error"}}'
        ),
        (
            '{"error":{"message":"Failed to deserialize the JSON body into the target type: '
            'messages[0]: missing field `content` at line 1 column 120"}}'
        ),
        '"error":{"message":"[] is too short - \'messages\'","type":"invalid_request_error"}',
        "[400 Bad Request] * GenerateContentRequest.contents: contents is not specified",
        "Please use a valid role: user, model.",
        (
            'Error: {"error":{"message":"Item \'fc_123\' of type \'function_call\' was provided '
            "without its required 'reasoning' "
            'item","type":"invalid_request_error","param":"input"}}'
        ),
        "No tool output found for function call call_abc.",
        (
            "The chat app answers the first question, the second always gives a red box.\n\nError "
            "code: 400 - {'error': {'message': \"Invalid 'messages[2].tool_calls[0].id': string "
            "too long. Expected a string with maximum length 40, but got a string with length 57 "
            "instead.\", 'type': 'invalid_request_error', 'param': "
            "'messages[2].tool_calls[0].id', 'code': 'string_above_max_length'}}"
        ),
        (
            "System prompt as separate field is refused.\n\n"
            '{"type":"error","error":{"type":"invalid_request_error","message":"messages: '
            'Unexpected role \\"system\\". The Messages API accepts a top-level `system` '
            'parameter, not \\"system\\" as an input message role."}}'
        ),
        (
            "用 langchain 调 o3，报错。\n\nUnsupported value: 'messages[0].role' does not support "
            "'system' with this model."
        ),
        (
            'Perplexity sonar:\n\n{"error":{"message":"Last message must have role `user` or '
            '`tool`.","type":"invalid_message","code":400}}'
        ),
        (
            'mistral: {"message":"Assistant message must have either content or tool_calls, but '
            'not none.","type":"invalid_request_error"}'
        ),
        ("cohere: invalid request: message must be at least 1 token long or tool results must be specified."),
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
