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
    ],
    "quota.balance": ["用户额度不足，预扣费额度失败"],
    "task.queued": ["额度扣了，视频任务一直在排队中"],
    "client.disconnect": ["I pressed stop halfway and was charged for the whole stream."],
}


@pytest.mark.parametrize(("text", "cause"), in_rows(CASES))
def test_a_charge_is_judged(text: str, cause: str) -> None:
    assert diagnose(text).cause.slug == cause


def test_the_charge_record_decides() -> None:
    text = "The image task failed with an unknown error"

    assert diagnose(text, {"charged": True}).cause.slug == "billing.mismatch"
    assert diagnose(text, {"charged": False}).cause.slug != "billing.mismatch"
