"""Runners-up: always two that make sense, what spoke before what only resembles."""

import pytest

from triage.engine import diagnose
from triage.engine.resemblance import Resemblance, known_cases, tokens
from triage.engine.verdict import Sureness, Verdict


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


def test_words_shared_with_one_cause_count_for_it() -> None:
    cases = Resemblance(
        [("a.one", "the green lamp flickers", 1.0), ("a.two", "the red door sticks", 1.0)] * 30
        + [(f"b.{number}", f"other words {number}", 1.0) for number in range(800)]
    )

    assert cases.compare("a lamp that flickers").scores == {"a.one": 1.0}


def test_a_text_without_a_known_word_looks_like_nothing() -> None:
    assert known_cases().compare("").scores == {}


def test_tokens_are_words_pairs_statuses_and_pairs_of_characters() -> None:
    assert tokens("Key expired 401 令牌过期") == {
        "key",
        "expired",
        "key expired",
        "401",
        "expired 401",
        "令牌",
        "牌过",
        "过期",
    }


def test_where_no_rule_speaks_known_cases_do_without_being_sure() -> None:
    diagnosis = diagnose("Swift app: dataCorrupted on a keep-alive comment of the SSE chunk decoder")

    assert [rule.id for rule in diagnosis.deciding] == ["resembles-known-cases"]
    assert diagnosis.deciding[0].reasons[0].found
    assert diagnosis.sureness is Sureness.UNSURE
    assert diagnosis.settle is not None


@pytest.mark.parametrize("text", ["", "?", "你好", "zzz qqq", "调用失败", "It says error."])
def test_a_text_that_tells_nothing_stays_undecided(text: str) -> None:
    assert diagnose(text).verdict is Verdict.NEEDS_EVIDENCE
