"""What is said to a model does not stay; what a verdict rests on does."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.performance import texts
from tests.triage.engine.test_properties import JSON, TEXTS, thorough
from triage.engine import diagnose
from triage.engine.catalogue import load_catalogue
from triage.engine.minimise import minimise

SECRET = "my aunt Berta lives at the lake"
BODY: dict[str, Any] = {
    "model": "gpt-4o",
    "temperature": 0.2,
    "messages": [
        {"role": "system", "content": f"You know that {SECRET}."},
        {"role": "user", "name": "li", "content": [
            {"type": "text", "text": f'"{SECRET}", she said, \\ {{}} [1]\n\nand more'},
            {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{'QUJD' * 40}", "detail": "high"}},
        ]},
        {"role": "assistant", "content": None, "tool_calls": [
            {"id": "call_1", "type": "function", "function": {"name": "look", "arguments": json.dumps({"q": SECRET})}}
        ]},
        {"role": "tool", "tool_call_id": "call_1", "content": ""},
    ],
    "max_tokens": 100,
}  # fmt: skip
ERROR = (
    '{"error":{"message":"Unsupported value: \'temperature\'","type":"invalid_request_error","param":"x"}}'
)
GEMINI = {
    "contents": [{"role": "user", "parts": [{"text": SECRET}]}],
    "system_instruction": {"parts": [{"text": SECRET}]},
}
SHAPES = {
    "json": json.dumps(BODY),
    "indented": json.dumps(BODY, indent=2),
    "curl": f"curl https://api.a.b/v1/chat/completions -d '{json.dumps(BODY)}'",
    "within json": json.dumps({"postData": {"text": json.dumps(BODY, indent=1)}}),
    "within json within json": json.dumps({"log": json.dumps({"body": json.dumps(BODY)})}),
    "python": repr(BODY),
    "keywords": f"client.chat.completions.create(model='gpt-4o', messages={BODY['messages']!r}, max_tokens=100)",
    "cut short": json.dumps(BODY)[: json.dumps(BODY).index("Berta") + 9],
    "gemini": json.dumps(GEMINI),
    "claude": json.dumps(
        {"model": "claude", "system": SECRET, "messages": [{"role": "user", "content": SECRET}]}
    ),
    "prompt": json.dumps({"model": "kling-v2", "prompt": SECRET, "duration": "99"}),
    "responses": json.dumps({"model": "gpt-4o", "instructions": SECRET, "input": SECRET}),
    "embeddings": json.dumps({"model": "text-embedding-3", "input": [SECRET, SECRET]}),
    "wan": json.dumps({"model": "wan2.5", "input": {"prompt": SECRET, "size": "9*9"}}),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_words_go_out_of_every_shape_of_body(shape):
    done = minimise(f"It fails.\n{SHAPES[shape]}\n{ERROR}")

    assert "Berta" not in done.text
    assert "QUJDQUJD" not in done.text
    assert done.text.startswith("It fails.\n")
    assert done.text.endswith(ERROR)
    assert done.left_out


def test_roles_types_names_and_sizes_stay_and_json_stays_json():
    done = json.loads(minimise(json.dumps(BODY)).text)

    assert [message["role"] for message in done["messages"]] == ["system", "user", "assistant", "tool"]
    first, second = done["messages"][1]["content"]
    assert done["messages"][0]["content"] == f"[left out: {len(BODY['messages'][0]['content'])}chars]"
    assert (first["type"], second["type"], second["image_url"]["detail"]) == ("text", "image_url", "high")
    assert second["image_url"]["url"].startswith("data:image/png;base64,[left out: ")
    call = done["messages"][2]
    assert (call["content"], call["tool_calls"][0]["function"]["name"]) == (None, "look")
    assert done["messages"][3] == BODY["messages"][3]
    assert (done["model"], done["temperature"], done["max_tokens"]) == ("gpt-4o", 0.2, 100)


@pytest.mark.parametrize(
    "text",
    [
        ERROR,
        '{"detail":[{"loc":["body","messages"],"msg":"Field required","type":"missing"}]}',
        "the messages do not arrive, prompt: none",
        '{"error":{"message":"Invalid value: \'content\'","param":"messages[0].content"}}',
        '{"model":"gpt-4o","messages":[],"prompt":""}',
        '{"system":"Linux","input":"keyboard"}',
    ],
)
def test_what_is_no_conversation_stays_as_it_is(text):
    assert minimise(text).text == text


def test_no_size_is_taken_for_a_status_or_an_amount():
    for length in (401, 404, 429, 500, 503):
        body = json.dumps({"model": "gpt-4o", "messages": [{"role": "user", "content": "x" * length}]})
        assert "http_status" not in diagnose(minimise(body).text).evidence.values()


def _examples():
    return [
        example for rule in load_catalogue().rule_set.rules for example in (*rule.fires_on, *rule.quiet_on)
    ]


def test_verdicts_of_all_examples_stay_whether_they_quote_a_body_or_stand_beside_one():
    """Where nothing but the likeness to other texts decides, a handful may go the other way: it counts all words."""
    changed, likened = [], 0
    for example in _examples():
        for whole in (example.text, f"{json.dumps(BODY)}\n{example.text}"):
            small = minimise(whole).text
            if small == whole:
                continue
            before, after = diagnose(whole), diagnose(small)
            if before.cause == after.cause:
                continue
            if any("told-alike" in (rule.id for rule in each.deciding) for each in (before, after)):
                likened += 1
            else:
                changed.append((example.text[:80], before.cause.slug, after.cause.slug))
    assert changed == []
    assert likened <= 10


@thorough
@given(st.one_of(TEXTS, JSON.map(json.dumps)))
def test_it_never_raises_and_twice_changes_nothing(text: str) -> None:
    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": text}]})
    for each in (text, f'"messages": {text}, "model": 1', body, json.dumps(body), body + text):
        once = minimise(each).text
        assert minimise(once).text == once
    if text:
        assert json.loads(minimise(body).text)["messages"][0]["content"].endswith("chars]")


def test_a_long_broken_body_takes_no_time_that_grows_faster_than_it():
    text = '"model": "m", "messages": [{"content": "' + '\\"[{' * 40_000
    assert minimise(text).left_out <= 1
    assert minimise(texts.text(100_000, seed=1) + '"messages": [' * 5_000).text
