"""Inputs and results that a safety check refused."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "content.policy": [
        "Generation failed: the lyrics include a public figure",
        '"reason": "raiMediaFilteredReasons"',
        'phrase "demo phrase" is not allowed',
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
        (
            "video\n\nERROR: no video samples found in response: "
            '{"done":true,"response":{"raiMediaFilteredCount":1,"raiMediaFilteredReasons":["Veo '
            "could not generate 1 videos based on the prompt provided. You will not be charged "
            'for this request. Try rephrasing the prompt."]}}'
        ),
        "Gemini returns finishReason RECITATION and no text",
        "模型一本正经说 抱歉，我不能继续这个话题，是不是接口有审核",
        (
            '{"id":"video_1","status":"failed","error":{"code":"moderation_blocked","message":"Yo'
            "ur "
            'request was blocked by our moderation system."}}'
        ),
        "grok 视频: content moderated. try a different idea.",
        "Anthropic: Output blocked by content filtering policy",
        "GoogleGenerativeAIError: Candidate was blocked due to SAFETY",
        "Candidate was blocked due to PROHIBITED_CONTENT 小说续写",
        "Text not available. Response was blocked due to OTHER",
        (
            "海螺视频 status "
            'Fail，{"file_id":"","status":"Fail","base_resp":{"status_code":1027,"status_msg":"out'
            "put "
            'new_sensitive"}}'
        ),
        '即梦 {"code":50411,"message":"Pre Img Risk Not Pass"}',
        "runway failureCode: SAFETY.INPUT.TEXT",
        "生成的提示词里有明星名字，被拦了。",
        "Roleplay app; suddenly 'I can't continue with that' in place of answers.",
        "veo failed: Audio generation failed because of safety. Your prompt was not processed",
        "可灵 task_status failed, task_status_msg: Failure to pass the risk control system",
    ],
    "upstream.error": [
        '{"error":{"code":"content_filter_error","message":"The contents are not filtered"}}',
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_a_content_check_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause
