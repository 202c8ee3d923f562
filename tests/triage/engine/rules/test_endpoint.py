"""Addresses: the base URL, the path after it, and whether the model goes with it."""

import pytest

from triage.engine import diagnose

CASES = [
    # endpoint.base_url
    ("Invalid URL (POST /v1/v1/chat/completions)", "endpoint.base_url"),
    (
        "openai.NotFoundError: 404 page not found, POST https://relay.example/v1/chat/completions/"
        "chat/completions",
        "endpoint.base_url",
    ),
    ("Invalid URL (POST /chat/completions)", "endpoint.base_url"),
    ("接口地址忘了加 /v1，返回 404", "endpoint.base_url"),
    (
        "httpx.UnsupportedProtocol: Request URL is missing an 'http://' or 'https://' protocol.",
        "endpoint.base_url",
    ),
    (
        "requests.exceptions.MissingSchema: Invalid URL 'relay.example/v1/models': No scheme supplied",
        "endpoint.base_url",
    ),
    (
        "<html><head><title>404 Not Found</title></head><center><h1>404 Not Found</h1></"
        "center><hr><center>nginx</center></html>",
        "endpoint.base_url",
    ),
    ("404 page not found", "endpoint.base_url"),
    (
        "Base URL: https://relay.example (no /v1). HTTP 200 <!doctype html><title>New API</title> "
        "SyntaxError: Unexpected token '<'",
        "endpoint.base_url",
    ),
    ("我填的接口地址是网站首页，返回的是 <!DOCTYPE html>，状态 200", "endpoint.base_url"),
    (
        '{"error":{"code":"404","message":"Resource not found"}} from my Azure OpenAI endpoint',
        "endpoint.base_url",
    ),
    ("400 Bad Request: The plain HTTP request was sent to HTTPS port", "endpoint.base_url"),
    ("Error: getaddrinfo ENOTFOUND my-resource.openai.azure.com", "endpoint.base_url"),
    ('{"message":"no Route matched with those values"}', "endpoint.base_url"),
    (
        "Unknown request URL: POST /openai/chat/completions. Please check the URL for typos",
        "endpoint.base_url",
    ),
    # endpoint.not_found
    ("Cannot POST /v1/video/create", "endpoint.not_found"),
    ('{"detail":"Not Found"} on POST /v1/tasks/submit', "endpoint.not_found"),
    ("请求返回：接口不存在", "endpoint.not_found"),
    # endpoint.unsupported
    ("Invalid URL (POST /v1/rerank)", "endpoint.unsupported"),
    ("换成 anthropic 格式后 Invalid URL (POST /v1/messages)", "endpoint.unsupported"),
    (
        "This is not a chat model and thus not supported in the v1/chat/completions endpoint.",
        "endpoint.unsupported",
    ),
    ("This model is only supported in v1/responses and not in v1/chat/completions.", "endpoint.unsupported"),
    (
        '{"error":{"code":"OperationNotSupported","message":"The embeddings operation does not work '
        'with the specified model, gpt-demo."}}',
        "endpoint.unsupported",
    ),
    (
        '{"error":{"code":"api_not_implemented","message":"API not implemented","type":"new_api_error"}}',
        "endpoint.unsupported",
    ),
    ("405 Method Not Allowed", "endpoint.unsupported"),
    ("该模型不支持 /v1/chat/completions 接口，请使用 /v1/responses", "endpoint.unsupported"),
    ("当前渠道不支持 embeddings 接口", "endpoint.unsupported"),
    (
        'API Error: 500 {"error":{"message":"not implemented (request id: 20260102030405000000001AbCdEfGh)",'
        '"type":"new_api_error","code":"convert_request_failed"}}',
        "endpoint.unsupported",
    ),
    ("batches.create 报 未指定模型名称，模型名称不能为空", "endpoint.unsupported"),
    ('{"code":"InvalidParameter","message":"url error, please check url！"}', "endpoint.base_url"),
    ("请求的地址是我自己的域名，没有走到 base url", "endpoint.base_url"),
]


@pytest.mark.parametrize(("text", "cause"), CASES)
def test_a_wrong_address_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


@pytest.mark.parametrize(
    "text",
    [
        "<html><head><title>502 Bad Gateway</title></head><center>cloudflare</center></html>",
        "HTTP 524 A timeout occurred",
        "getaddrinfo ENOTFOUND api.openai.com",
        '{"error":{"message":"The model `gpt-4o-minni` does not exist","code":"model_not_found"}}',
    ],
)
def test_other_failures_are_no_address_problem(text: str) -> None:
    assert diagnose(text).cause.family != "endpoint"
