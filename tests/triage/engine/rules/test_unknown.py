"""Texts that tell too little: the honest answer is a question."""

import pytest

from triage.engine import diagnose

VAGUE = [
    "It does not work.",
    "The model does not work, please help",
    "不能用了",
    "模型用不了，怎么回事",
    "一直报错",
    "error 500",
    "Error code: 503",
    "最近总是出 500",
    "Provider returned error",
    '{"error":{"message":"Provider returned error","code":400}}',
    (
        '{"error":{"message":"openai_error","type":"bad_response_status_code","param":"400","'
        'code":"bad_response_status_code"}}'
    ),
    "Request failed with status code 400",
    "Something went wrong. Please try again.",
    "请求失败，请检查网络和配置",
    "Failed to get response from AI",
    "TypeError: 'NoneType' object is not subscriptable",
    "TypeError: Cannot read properties of undefined (reading 'choices')",
    "HTTP/1.1 403 Forbidden",
    "任务已提交，之后没有任何结果",
    "未知错误",
    "",
    (
        'chat 卡住没响应\n\n{"subsystem":"agent/embedded"} {"error":"LLM request timed '
        'out.","failoverReason":"timeout","model":"MiniMax-M2.7","rawErrorPreview":"Request '
        'timed out."}'
    ),
    "claude code 用着用着就断了\n\nAPI Error: Connection error. (read ECONNRESET)",
    (
        'Cursor with my relay.\n\n{"error":"ERROR_OPENAI","details":{"title":"Unable to reach '
        'the model provider","detail":"We encountered an issue when using your API key: '
        'Provider was unable to process your request"}}'
    ),
    '{"message":"Internal Server Error"}',
    (
        "aiohttp.client_exceptions.ClientPayloadError: Response payload is not completed: "
        "<TransferEncodingError: 400>"
    ),
    "java.net.SocketTimeoutException: Read timed out",
    "Codex: stream disconnected before completion: Transport error: timeout",
    "curl: (52) Empty reply from server",
    "curl: (56) Recv failure: Connection reset by peer",
    "Image generated, but downloading the url gives AccessDenied Request has expired",
    "图片url 打开提示 403 已过期，生成第二天",
    "Something is wrong with the API, please check",
    "你好，我的接口调不通，麻烦看下",
    "生图出不来",
    "为什么这么慢",
    "code: -1, msg: fail",
    '{"success":false,"message":""}',
    '{"error":{"message":"","type":"upstream_error","code":null}}',
    "[object Object]",
    "Error: Unknown error, status code 0",
    "翻译插件里总是提示，换浏览器也一样。\n\nFailed to fetch",
    "第一个字要等一分多钟才出来，最近几天都这样。",
    "node: TypeError: terminated ... [cause]: SocketError: other side closed",
    "n8n: The connection was aborted, perhaps the server is offline",
    "机器人回复：哎呀，出错了，请稍后再试",
    (
        '{"error":{"message":"openai_error","type":"bad_response_status_code","param":"","cod'
        'e":"bad_response_status_code"}}\n\n'
        "换了个 key 也一样"
    ),
    "就是用不了，昨天还行",
    "Any news? It still fails.",
]


@pytest.mark.parametrize("text", VAGUE)
def test_a_vague_text_is_asked_about(text: str) -> None:
    diagnosis = diagnose(text)

    assert diagnosis.verdict == "needs_evidence"
    assert diagnosis.cause.slug == "unknown"
    assert diagnosis.missing
