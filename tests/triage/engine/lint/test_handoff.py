"""Vague words of a hand-off are found, with what to write instead."""

import pytest

from triage.engine.lint.handoff import vague_words

VAGUE = [
    ("The model is broken.", ["broken"]),
    ("Answers are slow.", ["slow"]),
    ("It doesn't work.", ["doesn't work"]),
    ("The stream does not work any more.", ["does not work"]),
    ("It stopped working.", ["stopped working"]),
    ("The route is down.", ["is down"]),
    ("Sometimes requests hang.", ["Sometimes", "hang"]),
    ("Many customers report it.", ["Many customers"]),
    ("All models are affected.", ["All models"]),
    ("It began recently; we tried everything.", ["recently", "tried everything"]),
    ("Next review soon.", ["soon"]),
    ("gpt-4o is very slow", ["very slow"]),
    ("gpt-4o 不行", ["不行"]),
    ("接口很慢", ["很慢"]),
    ("网关挂了", ["挂了"]),
    ("偶尔失败，用不了", ["偶尔", "用不了"]),
    ("最近很多用户反馈所有模型有问题", ["最近", "很多用户", "所有模型", "有问题"]),
    ("稍后再看，都试过了", ["稍后再", "都试过了"]),
]
CONCRETE = [
    "503 for 14 of 20 requests between 09:10 and 09:20 UTC; last good request at 09:02.",
    "Slow: 40 s to the first token, usually 3 s.",
    "It fails sometimes: 3 of 10 requests.",
    "Several accounts, 9 accounts in all, among them Brightpath.",
    "Next review at 14:00 UTC by Jonas Lind.",
    'The customer writes "it is broken".',
    "> it does not work\nStatus 429 with every request.",
    "The error text is `upstream is down`.",
    "响应很慢：首字 40 秒，平时 3 秒。",
    "偶发，20 次中 3 次失败。",
    "客户原话是“挂了”。",
    "09:10 起 /v1/chat/completions 返回 503。",
]


@pytest.mark.parametrize(("text", "words"), VAGUE)
def test_vague_words_are_named(text: str, words: list[str]) -> None:
    assert [vague.word for vague in vague_words(text)] == words


@pytest.mark.parametrize("text", CONCRETE)
def test_concrete_and_quoted_words_pass(text: str) -> None:
    assert vague_words(text) == ()


def test_each_vague_word_has_its_place_and_a_suggestion_in_both_languages() -> None:
    text = "Since then the model is slow."

    for vague in vague_words(text):
        assert text[vague.span.start : vague.span.end] == vague.word
        assert vague.suggestion.en.startswith(("Write", "Name", "List"))
        assert vague.suggestion.zh.endswith("。")
