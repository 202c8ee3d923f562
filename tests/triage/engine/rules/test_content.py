"""Inputs and results that a safety check refused."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "content.policy": [
        ("The response was filtered due to the prompt triggering Azure OpenAI's content management policy."),
        "Your request was rejected by the safety system. safety_violations=[violence]",
        '{"candidates":[{"finishReason":"SAFETY","index":0}]}',
        '{"promptFeedback":{"blockReason":"OTHER"}}',
        (
            '{"error":{"code":"data_inspection_failed","message":"Output data may contain '
            'inappropriate content."}}'
        ),
        '{"error":{"message":"Content Exists Risk","type":"invalid_request_error"}}',
        (
            '{"status":"failed","error":"NSFW content detected. Try running it again, or try a '
            'different prompt."}'
        ),
        (
            '{"error":{"code":"InputTextSensitiveContentDetected","message":"The request failed '
            'because the input text may contain sensitive information."}}'
        ),
        '{"base_resp":{"status_code":1026,"status_msg":"input new_sensitive"}}',
        "Banned prompt detected: bl**d",
        "系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语",
        "生成失败，内容审核未通过",
        "提交后提示包含违规内容",
        (
            "openai.BadRequestError: 400 Your input image may contain content that is not "
            "allowed by our safety system"
        ),
    ],
    "upstream.error": [
        '{"error":{"code":"content_filter_error","message":"The contents are not filtered"}}',
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_a_content_check_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause
