"""Conversations longer than the model, bodies larger than the server takes."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "context.too_long": [
        (
            '{"error":{"message":"Your input exceeds the context window of this '
            'model.","code":"context_length_exceeded"}}'
        ),
        ("This model's maximum context length is 32768 tokens. However, you requested 40960 tokens."),
        "input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000",
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        "ValidationException: Input is too long for requested model.",
        "the request exceeds the available context size, try increasing it",
        "Invalid request: Your request exceeded model token limit: 131072",
        "litellm.ContextWindowExceededError: litellm.BadRequestError: too many tokens",
        "提示 Range of input length should be [1, 98304]",
        "模型报错：输入长度超过最大上下文长度限制",
        "Prompt 超长，请缩短后重试",
        "对话太长了，报 context length 超限",
        "413 Request Entity Too Large",
        (
            '{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the '
            'maximum size"}}'
        ),
        (
            "{'object': 'error', 'message': \"This model's maximum context length is 8192 tokens. "
            "However, you requested 10240 tokens (2048 in the messages, 8192 in the "
            "completion).\", 'type': 'BadRequestError'}"
        ),
        ('embedding 批量报错\n\n{"code":20015,"message":"length of input must be less than 512 tokens"}'),
        ("unexpected status 413 Payload Too Large: Failed to buffer the request body: length limit exceeded"),
        (
            "Assistant UI with a Qwen model at SiliconFlow.\n\n400 Value error, max_seq_len "
            "exceeded: current request 41000 > 32768"
        ),
        (
            "每次带上知识库就报错，去掉就正常。\n\nThe prompt contains 135922 tokens, exceeding "
            "the model's limit of 131072"
        ),
        "vLLM 部署\n\nValueError: This model's maximum context length is 4096 tokens, please reduce",
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_too_long_is_named(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_a_pace_limit_that_counts_tokens_is_not_a_long_context() -> None:
    text = "Request too large for tiny-1 on tokens per min (TPM): Limit 6000, Requested 9000"

    assert diagnose(text).cause.slug != "context.too_long"
