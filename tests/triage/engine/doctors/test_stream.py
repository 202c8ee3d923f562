import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.stream import check_stream
from triage.engine.doctors.stream_words import SYMPTOM_WORDS, Symptom

SYMPTOMS = [
    ('event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}', "error_event"),
    ('data: {"error": {"message": "upstream went away"}}', "error_event"),
    ("Failed to parse JSON from line ': ping'", "comment_unread"),
    ("Could not parse message into JSON: : OPENROUTER PROCESSING", "comment_unread"),
    ('data: data: {"id": 1}', "malformed"),
    ("Error parsing SSE stream at line 3", "malformed"),
    ("流式解析失败", "malformed"),
    ("stream disconnected before completion", "cut"),
    ("httpx.RemoteProtocolError: peer closed connection without sending complete message body", "cut"),
    ("net::ERR_INCOMPLETE_CHUNKED_ENCODING", "cut"),
    ("流式输出到一半就断开了", "cut"),
    ("read ECONNRESET while streaming", "cut"),
    (
        'data: {"object":"chat.completion.chunk","choices":[{"delta":{"content":"Hel"},"finish_reason":null}]}',
        "cut",
    ),
    ("the answer is an empty response, finish_reason: length", "empty_by_limit"),
    ('{"content": "", "usage": {"completion_tokens": 812}}', "empty_billed"),
    ("返回为空但是扣费了", "empty_billed"),
    ("stream returned an empty response", "empty"),
    ('"finish_reason": "error"', "wrong_finish"),
    ("the stream ended without a finish_reason", "wrong_finish"),
    ("流式不生效，内容一次性返回", "buffered"),
    ("streaming: the whole text appears all at once", "buffered"),
    ("first token timeout exceeded", "no_first_token"),
    ("一直转圈，没有任何输出", "no_first_token"),
]


@pytest.mark.parametrize(("text", "symptom"), SYMPTOMS)
def test_the_symptom_is_told(text, symptom):
    advice = check_stream(text)

    assert advice is not None
    assert advice.symptom == symptom
    assert advice.settle.en
    assert advice.settle.zh


QUIET = [
    "",
    "Incorrect API key provided",
    "read ECONNRESET",
    "503 no available channel for model",
    "I stream music at home",
    'data: {"object":"chat.completion.chunk","choices":[{"finish_reason":"stop"}]}\ndata: [DONE]',
    "模型返回 429，请稍后再试",
    '"usage": {"completion_tokens": 12}',
]


@pytest.mark.parametrize("text", QUIET)
def test_other_troubles_are_left_alone(text):
    assert check_stream(text) is None


def test_what_the_evidence_knows_of_the_stream_counts():
    assert check_stream("ECONNRESET") is None
    advice = check_stream("ECONNRESET", {"stream": True})
    assert advice is not None
    assert advice.symptom == "cut"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("stream closed, always after 60 s", 60),
        ("流式中断，每次都是 100 秒", 100),
        ("stream was interrupted after exactly 5 minutes", 300),
        ("stream closed after 61 s", None),
        ("stream closed; 60 s later it worked", None),
    ],
)
def test_a_round_time_points_to_a_time_limit(text, seconds):
    advice = check_stream(text)

    assert advice is not None
    assert advice.round_seconds == seconds
    assert (str(seconds) in advice.explanation.zh) == (seconds is not None)


def test_every_symptom_has_words_in_both_languages():
    assert set(SYMPTOM_WORDS) == set(Symptom)
    for words in SYMPTOM_WORDS.values():
        assert all((words.explanation.en, words.explanation.zh, words.settle.en, words.settle.zh))


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text):
    check_stream(text + " stream closed always after " + text)
