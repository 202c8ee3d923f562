import pytest

from triage.engine.stretch import shared_stretch

CASES = [
    (["Invalid URL (POST /v1/v1)"] * 2, "Invalid URL (POST /v1/v1)"),
    (["The model `a-1` does not exist", "The model `b-2` does not exist"], "does not exist"),
    (["quota … used up, please top up", "quota … used up, please top up"], "used up, please top up"),
    (['{"message":"Bad thing happened"}', "Bad thing happened"], "Bad thing happened"),
    (["该令牌额度已用尽，请充值", "错误：该令牌额度已用尽，请充值"], "该令牌额度已用尽，请充值"),
    (["first line\nInvalid token", "other\nInvalid token"], "Invalid token"),
    (["one thing", "quite another"], ""),
    (["429", "429"], ""),
    ([], ""),
]


@pytest.mark.parametrize(("texts", "shared"), CASES)
def test_what_all_have_in_common_word_for_word(texts, shared):
    assert shared_stretch(texts) == shared


def test_what_is_shared_stands_in_every_text():
    texts = [f"upstream error: channel {n} is overloaded, try again later" for n in range(5)]

    shared = shared_stretch(texts)

    assert shared == "is overloaded, try again later"
    assert all(shared in text for text in texts)
