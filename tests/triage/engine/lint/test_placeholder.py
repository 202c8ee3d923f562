"""A blank that nobody filled in is held back."""

import pytest

from triage.engine.lint.reply import PLACEHOLDER, must_not_say

SAYS = (
    "Hello {customer},",
    "Hello {{model}}",
    "Hello {{ customer.name }}",
    "Hello [NAME],",
    "Hello [your name],",
    "Dear [Customer Name]",
    "The request ____ failed.",
    "model: __________",
    "您好【待填】",
    "您好【客户名】【模型】",
    "请求 ID：【请求 ID】",
    "金额：XXX 元",
    "Dear <NAME>,",
    "Hello <customer name>,",
    "Write TBD here",
    "（待填）",
    "[待填写]",
    "[请求编号]",
    "%(model)s failed",
    "Call `{model}` again.",
    "${request_id}",
    "Amount: [amount]",
    "您好，[姓名]：",
    "……………………",
    "Please use xxxx.",
    "{颜色} 不对",
    "{请求 ID}",
)

FINE = (
    "data: [DONE]",
    "See [the article](https://example.com/faq).",
    'Use `{"model": "gpt-4o"}` in the body.',
    "Set $API_KEY and ${API_KEY}.",
    'The JSON {"error": {"message": "x"}} came back.',
    "Use __init__ and max_tokens.",
    "Step [1] and [2].",
    "【重要】请不要重复提交",
    "[INFO] started",
    "f(x) = {x | x > 1}... and so on",
    "snake_case_name",
    "`<YOUR_KEY>` in code",
    "the answer is a list []",
    'curl https://api.example.com/v1/models -H "Authorization: Bearer $API_KEY"',
    "GET /v1/tasks/`{id}`",
)


@pytest.mark.parametrize("text", [*SAYS])
def test_an_open_blank_is_held_back(text: str) -> None:
    assert PLACEHOLDER in codes(text)


@pytest.mark.parametrize("text", [*FINE])
def test_what_only_resembles_an_open_blank_may_be_said(text: str) -> None:
    assert PLACEHOLDER not in codes(text)


def codes(text: str) -> set[str]:
    return {objection.code for objection in must_not_say(text, {})}
