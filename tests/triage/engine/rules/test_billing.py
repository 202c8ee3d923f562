"""Money taken without a result."""

import pytest

from tests.triage.engine.rules.rows import in_rows
from triage.engine import diagnose

CASES = {
    "billing.mismatch": [
        "The image failed but my credits were deducted.",
        "Charged $0.80 and got no video, no refund so far.",
        "视频失败了，额度却被扣了，一直没有退",
        "出图报错，积分照扣不退",
        "请求报 500，但是后台扣费了",
        "I was charged twice for one request.",
        "同一个任务重复扣费了",
        "账单和调用日志对不上，多扣了钱",
        "返回数据量大的时候超时，日志显示扣费了，但是请求返回的是超时。",
        "我接的上游报错的时候也会扣费，后台没有记录。",
        "扣了 20 积分，任务失败没有退",
        "后台记录该请求扣费 3 次，实际我只发了一次",
        "token usage in your log is ten times what the official tokenizer says",
        "视频生成到 90% 提示失败，积分没有返还。",
        "We see a charge for each retry of our client although only the last one gave an image.",
        "请求日志里同一秒有三条一样的扣费记录，我只点了一次。",
        "生成失败显示「任务已退款」但余额没有增加",
    ],
    "quota.balance": [
        "用户额度不足，预扣费额度失败",
    ],
    "task.queued": [
        "额度扣了，视频任务一直在排队中",
    ],
    "client.disconnect": [
        "I pressed stop halfway and was charged for the whole stream.",
    ],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_a_charge_is_judged(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_the_charge_record_decides() -> None:
    text = "The image task failed with an unknown error"

    assert diagnose(text, {"charged": True}).cause.slug == "billing.mismatch"
    assert diagnose(text, {"charged": False}).cause.slug != "billing.mismatch"
