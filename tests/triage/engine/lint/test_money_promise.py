"""Money back is promised by nobody before somebody approved it."""

import pytest

from triage.engine.lint.reply import PROMISES_MONEY, must_not_say

PROMISES = [
    "We will refund you 1.20 USD.",
    "You will get a refund.",
    "We'll credit your account.",
    "The amount will be credited to your balance.",
    "You will receive your money back.",
    "A full refund will be issued.",
    "We are going to refund the charge.",
    "I will give you a full refund.",
    "Your refund is on its way.",
    "It will be refunded.",
    "我们会退款给您。",
    "我们会为您全额退款。",
    "退款将在稍后到账。",
    "您会收到退款。",
    "费用将退还到您的账户。",
    "这笔费用会退回。",
    "我们将把 1.2 美元退还给您。",
    "失败的请求会全部退款。",
    "受影响的请求一律退款。",
    "费用会原路退回。",
    "All affected requests will be refunded.",
    "Everyone affected will get a credit.",
    "Affected customers will be compensated.",
    "您将获得相应的补偿。",
    "We guarantee a refund.",
    "I promise you your money back.",
]
NO_PROMISES = [
    "If the record shows a charge without a result, we will ask for a refund.",
    "We will check whether a refund is due.",
    "We will not refund this charge.",
    "A reservation that is given back later can look like a charge for a while.",
    "Once it is approved, we will refund you.",
    "Credit card payments will be checked.",
    "We credited 1.20 USD to your account.",
    "The gateway gives a reservation back by itself.",
    "如果记录显示有扣费而没有结果，我们会申请退款。",
    "稍后会退回的预扣，短时间内看起来也像扣费。",
    "我们会申请退款，结果在此告知。",
    "1.20 USD 已退还到您的账户。",
    "不会退款。",
    "We cannot promise a refund.",
    "全额退款的申请还在审核。",
    "All requests will be checked, and you hear about the outcome.",
    "Requests that fail will be retried for everyone affected.",
]


def codes(text, **facts):
    return [objection.code for objection in must_not_say(text, facts)]


@pytest.mark.parametrize("text", PROMISES)
def test_a_promise_of_money_is_held_back_until_it_is_approved(text):
    assert PROMISES_MONEY in codes(text)
    assert PROMISES_MONEY not in codes(text, compensation_approved=True)


@pytest.mark.parametrize("text", NO_PROMISES)
def test_what_promises_no_money_goes_out(text):
    assert PROMISES_MONEY not in codes(text)
