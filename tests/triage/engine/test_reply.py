"""Filling a canned reply from the evidence, and choosing the replies that fit a diagnosis."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.catalogue import HOME
from triage.engine.catalogue.load import read_causes, read_replies
from triage.engine.catalogue.replies import Reply
from triage.engine.evidence import Evidence, Reading
from triage.engine.reply import Suggestion, fill, suggest
from triage.engine.verdict import Diagnosis, Words

CAUSES = {cause.slug: cause for cause in read_causes(HOME / "causes")[0]}
REPLIES = read_replies(HOME / "replies")[0]


def test_placeholders_are_filled_and_their_places_known() -> None:
    filled = fill("Model {model} answered {http_status}.", {"model": "gpt-4o", "http_status": 429}, "en")

    assert filled.text == "Model gpt-4o answered 429."
    assert [filled.text[span.start : span.end] for span in filled.filled] == ["gpt-4o", "429"]
    assert filled.gaps == ()


def test_what_is_not_known_stays_a_gap() -> None:
    filled = fill("Task {task_id} of {model}.", {"model": "kling-v1"}, "en")

    assert filled.text == "Task {task_id} of kling-v1."
    assert [(gap.name, filled.text[gap.span.start : gap.span.end]) for gap in filled.gaps] == [
        ("task_id", "{task_id}")
    ]


@pytest.mark.parametrize("empty", [None, "", "  ", "unknown", "None"])
def test_an_empty_value_is_a_gap(empty: object) -> None:
    assert [gap.name for gap in fill("{model}", {"model": empty}, "en").gaps] == ["model"]


@pytest.mark.parametrize(
    ("values", "en", "zh"),
    [
        ({"charged": False}, "nothing was charged", "本次没有扣费"),
        ({"charged": "no"}, "nothing was charged", "本次没有扣费"),
        ({"charged": True}, "a charge was made", "本次已扣费"),
        ({"charged": True, "amount": "0.08 USD"}, "0.08 USD was charged", "本次已扣费 0.08 USD"),
        ({"charged": True, "amount": 0.08}, "a charge was made", "本次已扣费"),
        (
            {"charged": True, "amount": 0.08, "currency": "USD"},
            "0.08 USD was charged",
            "本次已扣费 0.08 USD",
        ),
        ({}, "we have not confirmed yet whether anything was charged", "是否扣费尚未核实"),
        ({"charged": None}, "we have not confirmed yet whether anything was charged", "是否扣费尚未核实"),
        (
            {"charged": "unknown"},
            "we have not confirmed yet whether anything was charged",
            "是否扣费尚未核实",
        ),
    ],
)
def test_a_charge_is_said_in_words(values: dict[str, object], en: str, zh: str) -> None:
    assert fill("For this request, {charged}.", values, "en").text == f"For this request, {en}."
    assert fill("费用方面，{charged}。", values, "zh").text == f"费用方面，{zh}。"
    assert fill("{charged}", values, "en").gaps == ()


def test_a_clause_that_begins_a_sentence_gets_its_capital_letter() -> None:
    assert fill("{charged}. And {charged}.", {"charged": False}, "en").text == (
        "Nothing was charged. And nothing was charged."
    )


def test_a_value_that_begins_a_sentence_keeps_its_letters() -> None:
    assert fill("{model} is retired.", {"model": "gpt 4 turbo"}, "en").text == "gpt 4 turbo is retired."


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (1, "1 second", "1 秒"),
        (20, "20 seconds", "20 秒"),
        ("19.2", "20 seconds", "20 秒"),
        (119, "119 seconds", "119 秒"),
        (130, "3 minutes", "3 分钟"),
        (7200, "2 hours", "2 小时"),
        (None, "a short while", "一小段时间"),
        (0, "a short while", "一小段时间"),
        ("soon", "a short while", "一小段时间"),
        ("inf", "a short while", "一小段时间"),
    ],
)
def test_a_wait_is_said_in_units_of_people(seconds: object, en: str, zh: str) -> None:
    assert fill("Wait {retry_after}.", {"retry_after": seconds}, "en").text == f"Wait {en}."
    assert fill("等待 {retry_after}。", {"retry_after": seconds}, "zh-hans").text == f"等待 {zh}。"


def test_a_greeting_does_without_a_name() -> None:
    assert fill("Hello {customer},", {}, "en").text == "Hello,"
    assert fill("{customer}，您好：", {}, "zh").text == "您好："
    assert fill("Hello {customer},", {"customer": "Mina"}, "en").text == "Hello Mina,"
    assert fill("{customer}，您好：", {"customer": "李薇"}, "zh").text == "李薇，您好："


def test_a_space_parts_chinese_from_latin_text() -> None:
    assert fill("等待{retry_after}后再试", {"retry_after": 20}, "zh").text == "等待 20 秒后再试"


def test_missing_facts_become_questions() -> None:
    values = {"missing": ("model", "request_id")}

    assert fill("{missing}", values, "en").text.splitlines() == [
        "1. Which model name did you send, exactly as written in the request?",
        "2. Which request id stands at the end of the error or in the response headers?",
    ]
    assert fill("{missing}", values, "zh").text.startswith("1. 请求里填写的模型名称是什么？")
    assert [gap.name for gap in fill("{missing}", {"missing": ()}, "en").gaps] == ["missing"]


def test_a_time_is_written_with_its_zone() -> None:
    at = datetime(2026, 11, 22, 9, 14, 12, tzinfo=UTC)

    assert fill("{occurred_at}", {"occurred_at": at}, "en").text == "2026-11-22 09:14:12 UTC"
    assert fill("{occurred_at}", {"occurred_at": "09:14 CST"}, "en").text == "09:14 CST"


def test_a_value_is_not_searched_for_placeholders() -> None:
    filled = fill("{model}", {"model": "{task_id}", "task_id": "t-1"}, "en")

    assert filled.text == "{task_id}"
    assert filled.gaps == ()


def test_a_value_stays_on_one_line_and_short() -> None:
    filled = fill("{model}.", {"model": "a\nb" + "c" * 1000}, "en")

    assert "\n" not in filled.text
    assert len(filled.text) < 400


STEPS = "Hello,\n\n1. Use {nearest_model}.\n2. Copy it.\n\nSee {pacing_link}\n\n1. One.\n2. Wait {wait}."


def test_a_line_that_no_doctor_can_fill_is_left_out_and_steps_are_counted_anew() -> None:
    filled = fill(STEPS, {"waiting_helps": False}, "en")

    assert (filled.text, filled.gaps) == ("Hello,\n\n1. Copy it.\n\n1. One.", ())


def test_what_a_doctor_knows_is_filled_in_and_nothing_moves() -> None:
    values = {"nearest_model": "gpt-4o", "pacing_link": "https://x.invalid/", "wait": 20}

    assert fill(STEPS, values, "en").text == (
        "Hello,\n\n1. Use gpt-4o.\n2. Copy it.\n\nSee https://x.invalid/\n\n1. One.\n2. Wait 20 seconds."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"wait": 90}, "90 seconds"),
        ({"wait": 90, "retry_after": 20}, "20 seconds"),
        ({}, "a short while"),
        ({"waiting_helps": True, "wait": 7200}, "2 hours"),
    ],
)
def test_a_pause_comes_from_the_server_then_from_the_doctor(values: dict[str, object], said: str) -> None:
    assert fill("{wait}|{retry_after}", values, "en").text == f"{said.capitalize()}|{said}"


def test_the_reply_that_carries_the_corrected_line_stands_before_its_equals() -> None:
    plain = Reply("plain", "endpoint.base_url", Words("x", "某"), Words("Look.", "请看。"))
    telling = replace(
        plain, id="telling", body=Words("Use {corrected_base_url}", "请用 {corrected_base_url}")
    )
    case = diagnosis("endpoint.base_url", confidence=0.9)

    known = suggest(case, (plain, telling), "en", values={"corrected_base_url": "https://a.invalid/v1"})
    unknown = suggest(case, (plain, telling), "en")

    assert ids(known) == ["telling", "plain"]
    assert ids(unknown) == ["plain", "telling"]


@given(
    st.text(max_size=80),
    st.dictionaries(st.sampled_from(["model", "charged", "customer"]), st.text(max_size=9)),
)
def test_filling_never_fails_and_its_spans_lie_in_the_text(body: str, values: dict[str, object]) -> None:
    filled = fill(body + "{model}{charged}", values, "zh")

    for span in (*filled.filled, *(gap.span for gap in filled.gaps)):
        assert 0 <= span.start < span.end <= len(filled.text)


def test_the_reply_of_the_cause_comes_first() -> None:
    suggestions = suggest(diagnosis("key.expired", confidence=0.92), REPLIES, "en")

    assert ids(suggestions) == ["key-expired"]
    assert suggestions[0].reason.en == "It answers the cause found: The key or access token has expired."
    assert suggestions[0].draft.gaps == ()


def test_a_doubtful_verdict_also_offers_to_ask_and_then_the_runners_up() -> None:
    doubtful = diagnosis(
        "rate.upstream",
        confidence=0.6,
        values={"model": "gpt-4o"},
        alternatives=("rate.account",),
        missing=("request_id",),
    )

    suggestions = suggest(doubtful, REPLIES, "zh", limit=9)

    assert ids(suggestions)[:2] == ["rate-upstream", "needs-evidence"]
    assert ids(suggestions)[-1] == "rate-account"
    assert suggestions[-1].reason.zh == "对应候选原因：账户自身的请求速率已达上限。"


def test_an_unsure_verdict_asks_before_it_says_what_it_may_be() -> None:
    unsure = diagnosis("rate.upstream", confidence=0.45, values={"model": "gpt-4o"}, missing=("request_id",))

    assert ids(suggest(unsure, REPLIES, "en"))[0] == "needs-evidence"
    assert "rate-upstream" in ids(suggest(unsure, REPLIES, "en", limit=9))
    assert ids(suggest(replace(unsure, missing=()), REPLIES, "en"))[0] == "rate-upstream"


def test_where_evidence_is_needed_exactly_the_missing_is_asked_for() -> None:
    vague = diagnosis("unknown", confidence=0.3, missing=("task_id", "model"))

    best = suggest(vague, REPLIES, "en")[0]

    assert best.reply.id == "needs-evidence"
    assert "Which task id did the first answer give you?" in best.draft.text
    assert "request id stands" not in best.draft.text


def test_a_reply_that_asks_for_what_is_known_comes_last() -> None:
    known = diagnosis("task.queued", confidence=0.9, values={"task_id": "t-1"})
    unknown = diagnosis("task.queued", confidence=0.9, missing=("task_id",))

    assert ids(suggest(known, REPLIES, "en")) == ["task-queued", "task-queued-no-id"]
    assert ids(suggest(unknown, REPLIES, "en")) == ["task-queued-no-id", "task-queued"]


def test_the_more_telling_reply_is_taken_when_it_can_be_filled() -> None:
    bare = diagnosis("endpoint.base_url", confidence=0.9)
    told = diagnosis("endpoint.base_url", confidence=0.9, values={"base_url": "https://a.example/v1/v1"})

    assert ids(suggest(bare, REPLIES, "en"))[0] == "endpoint-base-url"
    assert ids(suggest(told, REPLIES, "en"))[0] == "endpoint-base-url-named"


def test_what_a_person_knows_wins_over_what_was_read() -> None:
    read = diagnosis("model.not_found", confidence=0.9, values={"model": "gpt-5"})

    (suggestion,) = suggest(read, REPLIES, "en", values={"model": "gpt-5-mini"})

    assert "gpt-5-mini" in suggestion.draft.text


def test_no_more_than_the_limit_is_offered() -> None:
    vague = diagnosis("unknown", confidence=0.3, missing=("model",))

    assert len(suggest(vague, REPLIES, "en")) == 3
    assert len(suggest(vague, REPLIES, "en", limit=1)) == 1


def test_replies_of_other_causes_are_not_offered() -> None:
    other = Reply("x", "quota.balance", Words("x", "某"), Words("x", "某"))

    assert suggest(diagnosis("key.expired", confidence=0.9), (other,), "en") == ()


def diagnosis(
    cause: str,
    *,
    confidence: float,
    values: dict[str, str] | None = None,
    alternatives: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> Diagnosis:
    readings = tuple(Reading(field, value, None, "test") for field, value in (values or {}).items())
    bare = Diagnosis(
        verdict=CAUSES[cause].verdict,
        cause=CAUSES[cause],
        confidence=confidence,
        alternatives=(),
        evidence=Evidence(readings),
        fired=(),
        nearly=(),
        missing=missing,
        settle=None,
        redacted_text="",
        rule_set="test",
    )
    return replace(bare, alternatives=tuple(CAUSES[slug] for slug in alternatives))


def ids(suggestions: tuple[Suggestion[Reply], ...]) -> list[str]:
    return [suggestion.reply.id for suggestion in suggestions]
