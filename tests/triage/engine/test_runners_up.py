"""Runners-up: always two that make sense, what spoke before what only resembles."""

import pytest

from triage.engine import diagnose
from triage.engine.verdict import Verdict


@pytest.mark.parametrize(
    "text",
    [
        "HTTP 401",
        '{"error":{"code":"invalid_api_key","message":"Incorrect API key provided"}}',
        "今天又不行了，客服看一下",
        "It does not do what I want.",
        "图生视频一直没有动静",
    ],
)
def test_there_are_always_two_others(text: str) -> None:
    diagnosis = diagnose(text)

    assert len(diagnosis.alternatives) >= 2
    assert diagnosis.cause not in diagnosis.alternatives


def test_a_cause_that_a_rule_spoke_for_comes_first() -> None:
    diagnosis = diagnose("task queue is full")

    assert (diagnosis.cause.slug, diagnosis.alternatives[0].slug) == ("upstream.overloaded", "task.queued")


@pytest.mark.parametrize("text", ["", "?", "你好", "zzz qqq", "调用失败", "It says error."])
def test_a_text_that_tells_nothing_stays_undecided(text: str) -> None:
    assert diagnose(text).verdict is Verdict.NEEDS_EVIDENCE
