import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.token_estimate import estimate_tokens

# Counts of cl100k_base, o200k_base and Qwen's tokenizer for texts of our own.
COUNTED = [
    ("The request was refused because the key has no balance left.", (12, 12, 12)),
    ("请求失败：当前分组下没有可用渠道，请检查模型名称，或稍后再试。", (26, 22, 20)),
    ("调用 gpt-4o 时返回 429，Retry-After 是 20 秒，重试三次后仍失败。", (31, 27, 32)),
    ('{"model": "gpt-4o", "messages": [{"role": "user"}], "max_tokens": 16}', (27, 27, 28)),
    ("def cost(price, tokens):\n    return price * tokens / 1_000_000\n", (19, 19, 23)),
    ("清晨的小镇很安静，渔民在码头上修补渔网，海鸥在水面上盘旋。", (40, 31, 22)),
]


@pytest.mark.parametrize(("text", "counts"), COUNTED)
def test_real_counts_lie_within_the_bounds(text, counts):
    estimate = estimate_tokens(text)

    assert estimate.low <= min(counts)
    assert max(counts) <= estimate.high


def test_an_empty_text_has_no_tokens():
    assert estimate_tokens("").high == 0


@given(st.text(max_size=300))
def test_the_bounds_enclose_the_estimate(text):
    estimate = estimate_tokens(text)

    assert 0 <= estimate.low <= estimate.likely <= estimate.high <= 3 * len(text) + 1
