"""What must_not_say answers as a whole: places, order, facts that lift a ban, and texts of any kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.engine.lint.reply import (
    ADVISES_ROUTE,
    ASKS_FOR_KEY,
    PLACEHOLDER,
    PROMISES_TIME,
    SECRET,
    must_not_say,
)


def test_a_reply_without_fault_passes() -> None:
    text = "Hello Mina,\n\nthe key ending in ab12 has expired. Nothing was charged for it."

    assert must_not_say(text, {}) == ()


def test_each_objection_points_at_its_words_and_says_what_to_write_instead() -> None:
    text = "The model is gpt-4o. Please send us your API key. Thank you."

    (objection,) = must_not_say(text, {})

    assert objection.code == ASKS_FOR_KEY
    assert text[objection.span.start : objection.span.end] == "send us your API key"
    assert "last four" in objection.suggestion.en
    assert "末四位" in objection.suggestion.zh


def test_objections_come_in_the_order_of_the_text() -> None:
    text = "{model} fails. Try another channel. It will be done in 5 minutes. Send us your key."

    found = [objection.code for objection in must_not_say(text, {})]

    assert found == [PLACEHOLDER, ADVISES_ROUTE, PROMISES_TIME, ASKS_FOR_KEY]


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("upstream_status_known", "Your video will be ready in 10 minutes."),
        ("upstream_status_known", "任务预计 10 分钟后完成。"),
        ("affected_group_confirmed", "Please switch to another channel."),
        ("affected_group_confirmed", "请切换到备用渠道。"),
    ],
)
def test_a_known_fact_lifts_its_ban(fact: str, text: str) -> None:
    assert must_not_say(text, {fact: False})
    assert must_not_say(text, {fact: True}) == ()


@pytest.mark.parametrize("fact", ["upstream_status_known", "affected_group_confirmed"])
def test_no_fact_allows_asking_for_a_key(fact: str) -> None:
    assert must_not_say("请把密钥发给我们。", {fact: True})


def test_a_key_in_a_list_of_things_to_send_is_found() -> None:
    text = "Please send us:\n\n1. the model name\n2. your API key\n3. the time"

    (objection,) = must_not_say(text, {})

    assert text[objection.span.start : objection.span.end].strip() == "your API key"


def test_a_list_of_steps_that_names_a_key_is_no_request() -> None:
    text = "To mend it:\n\n1. Open the console.\n2. Your API key, copied again, belongs into the header."

    assert must_not_say(text, {}) == ()


def test_a_line_that_is_wrapped_stays_one_sentence() -> None:
    assert [objection.code for objection in must_not_say("please send us your\nAPI key", {})] == [
        ASKS_FOR_KEY
    ]


def test_secrets_in_the_text_are_found_where_they_stand() -> None:
    first, second = "sk-" + "a1B2" * 12, "sk-ant-api03-" + "Zx9q" * 22 + "AA"
    text = f"You pasted {first} and later {second}, both have to be replaced."

    found = [
        text[objection.span.start : objection.span.end]
        for objection in must_not_say(text, {})
        if objection.code == SECRET
    ]

    assert found == [first, second]


def test_a_masked_key_is_no_secret() -> None:
    assert must_not_say("The key sk-…ab12 has expired.", {}) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("send us your api key 密钥发给我们{}[]_:：.。\n1 10 分钟 will be done"),
        max_size=300,
    )
)
def test_any_text_is_answered_with_spans_inside_it(text: str) -> None:
    for objection in must_not_say(text, {}):
        assert 0 <= objection.span.start < objection.span.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["send us ", "{a", "[A ", "key ", "密钥", "in 5 minutes ", "`x` {b} ", "\n- "]
)
def test_a_long_text_of_one_kind_is_answered(piece: str) -> None:
    must_not_say(piece * (20_000 // len(piece)), {})
