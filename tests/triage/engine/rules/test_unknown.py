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
    '{"error":{"message":"openai_error","type":"bad_response_status_code","param":"400","code":"bad_response_status_code"}}',
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
]


@pytest.mark.parametrize("text", VAGUE)
def test_a_vague_text_is_asked_about(text: str) -> None:
    diagnosis = diagnose(text)

    assert diagnosis.verdict == "needs_evidence"
    assert diagnosis.cause.slug == "unknown"
    assert diagnosis.missing
