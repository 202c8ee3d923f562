import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.request_check import MOST_FINDINGS, check_request, request_text

HELLO = [{"role": "user", "content": "hi"}]
CALL = {"id": "call_1", "type": "function", "function": {"name": "look", "arguments": "{}"}}
TOOL = {"type": "function", "function": {"name": "look", "parameters": {}}}
USE = {"type": "tool_use", "id": "tu_1", "name": "look", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "tu_1", "content": "ok"}
PNG = "data:image/png;base64,iVBORw0KGgo="


def chat(**fields):
    return {"model": "gpt-4o", "messages": HELLO, **fields}


def claude(**fields):
    return {"model": "claude-opus-4-8", "max_tokens": 100, "messages": HELLO, **fields}


def base64_image(**source):
    return {"type": "image", "source": {"type": "base64", **source}}


def said(*messages):
    return [{"role": role, "content": content} for role, content in messages]


CHAT, MESSAGES = "/v1/chat/completions", "/v1/messages"
EMBED, IMAGES, VIDEO = "/v1/embeddings", "/v1/images/generations", "/v1/video/generations"

RIGHT = [
    (chat(), CHAT),
    (chat(temperature=0, top_p=1, n=1, stop=["a"], max_tokens=16, presence_penalty=-2, seed=7), CHAT),
    (chat(stream=True, stream_options={"include_usage": True}), CHAT),
    (chat(logprobs=True, top_logprobs=5), CHAT),
    (chat(messages=said(("system", "s"), ("user", "u"), ("assistant", "a"), ("user", "u"))), CHAT),
    (
        chat(
            messages=[
                *HELLO,
                {"role": "assistant", "content": None, "tool_calls": [CALL]},
                {"role": "tool", "tool_call_id": "call_1", "content": "ok"},
            ],
            tools=[TOOL, {"type": "web_search"}],
            tool_choice="required",
        ),
        CHAT,
    ),
    (chat(messages=[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": PNG}}]}]), CHAT),
    ({"model": "gpt-5", "messages": HELLO, "max_completion_tokens": 500, "temperature": 1}, CHAT),
    ({"model": "gpt-5-chat-latest", "messages": HELLO, "max_tokens": 500, "temperature": 0.2}, CHAT),
    (claude(system="s", temperature=1, thinking={"type": "disabled"}), MESSAGES),
    (claude(max_tokens=4096, thinking={"type": "enabled", "budget_tokens": 2048}), MESSAGES),
    (claude(messages=[*HELLO, *said(("assistant", [USE]), ("user", [RESULT]))]), MESSAGES),
    (
        claude(tools=[{"name": "look", "input_schema": {}}, {"type": "web_search_20250305", "name": "w"}]),
        MESSAGES,
    ),
    ({"model": "text-embedding-3-small", "input": ["a", "b"]}, EMBED),
    ({"model": "gpt-image-1", "prompt": "a cat", "size": "1024x1024"}, IMAGES),
    ({"model": "seedream-4", "prompt": "a cat", "size": "2K"}, IMAGES),
    ({"model": "kling-v2-master", "prompt": "a cat", "duration": "5", "aspect_ratio": "16:9"}, VIDEO),
    ({"model": "kling-v2-master", "image": "https://a.example/b.png", "duration": 10}, VIDEO),
    ({"contents": [{"role": "user", "parts": [{"text": "hi"}]}]}, "/v1beta/models/gemini:generateContent"),
    ({"model": "gpt-5", "input": "hi", "max_output_tokens": 99}, "/v1/responses"),
]


@pytest.mark.parametrize(("body", "endpoint"), RIGHT)
def test_a_right_request_has_no_findings(body, endpoint):
    assert check_request(body, endpoint=endpoint) == ()
    assert check_request(json.dumps(body), endpoint=endpoint) == ()


WRONG = [
    ([], CHAT, "not_an_object", ""),
    ({"messages": HELLO}, CHAT, "model_missing", "model"),
    (chat(messages=[]), CHAT, "messages_missing", "messages"),
    (chat(messages="hi"), CHAT, "messages_missing", "messages"),
    (chat(messages=["hi"]), CHAT, "message_shape", "messages[0]"),
    (chat(messages=said(("human", "x"))), CHAT, "role_unknown", "messages[0].role"),
    (chat(messages=said(("user", None))), CHAT, "content_missing", "messages[0].content"),
    (chat(messages=said(("user", " "))), CHAT, "content_empty", "messages[0].content"),
    (
        chat(messages=said(("user", "u"), ("system", "s"), ("user", "u"))),
        CHAT,
        "system_placement",
        "messages[1].role",
    ),
    (chat(messages=said(("system", "s"))), CHAT, "no_question", "messages[0].role"),
    (
        chat(messages=[*HELLO, {"role": "tool", "tool_call_id": "call_9", "content": "x"}]),
        CHAT,
        "tool_result_without_call",
        "messages[1].tool_call_id",
    ),
    (
        chat(messages=[*HELLO, {"role": "assistant", "tool_calls": [CALL]}, *HELLO]),
        CHAT,
        "tool_call_unanswered",
        "messages[1].tool_calls",
    ),
    (chat(temperature=2.5), CHAT, "param_range", "temperature"),
    (chat(temperature="0.7"), CHAT, "param_type", "temperature"),
    (chat(top_p=1.1), CHAT, "param_range", "top_p"),
    (chat(max_tokens=0), CHAT, "param_range", "max_tokens"),
    (chat(max_tokens=10.5), CHAT, "param_type", "max_tokens"),
    (chat(n=0), CHAT, "param_range", "n"),
    (chat(frequency_penalty=3), CHAT, "param_range", "frequency_penalty"),
    (chat(stop=list("abcde")), CHAT, "stop_count", "stop"),
    (chat(stream="true"), CHAT, "param_type", "stream"),
    (chat(stream_options={}), CHAT, "param_needs", "stream_options"),
    (chat(top_logprobs=3), CHAT, "param_needs", "top_logprobs"),
    (chat(tool_choice="required"), CHAT, "param_needs", "tool_choice"),
    (chat(max_tokens=5, max_completion_tokens=5), CHAT, "param_twice", "max_tokens"),
    (chat(system="s"), CHAT, "param_of_other_format", "system"),
    (chat(stop_sequences=["x"]), CHAT, "param_of_other_format", "stop_sequences"),
    (chat(tools=[{"name": "look", "input_schema": {}}]), CHAT, "tool_shape", "tools[0]"),
    (chat(tools=[{"type": "function", "function": {"name": "look up!"}}]), CHAT, "tool_name", "tools[0]"),
    (chat(tools=[TOOL, TOOL]), CHAT, "tool_twice", "tools[1]"),
    ({"model": "o3", "messages": HELLO, "max_tokens": 9}, CHAT, "reasoning_max_tokens", "max_tokens"),
    (
        {"model": "openai/gpt-5", "messages": HELLO, "temperature": 0.2},
        CHAT,
        "reasoning_sampling",
        "temperature",
    ),
    ({"model": "gpt-5", "messages": HELLO, "logprobs": True}, CHAT, "reasoning_sampling", "logprobs"),
    (
        {"model": "claude-opus-4-8", "messages": HELLO},
        MESSAGES,
        "max_tokens_missing",
        "max_tokens",
    ),
    (claude(temperature=1.5), MESSAGES, "param_range", "temperature"),
    (claude(temperature=1, top_p=0.9), MESSAGES, "claude_two_samplers", "top_p"),
    (claude(presence_penalty=1), MESSAGES, "param_of_other_format", "presence_penalty"),
    (claude(messages=said(("system", "s"), ("user", "u"))), MESSAGES, "system_placement", "messages[0].role"),
    (
        claude(messages=said(("assistant", "a"), ("user", "u"))),
        MESSAGES,
        "first_not_user",
        "messages[0].role",
    ),
    (
        claude(messages=said(("user", "u"), ("assistant", "a"), ("assistant", "a"))),
        MESSAGES,
        "roles_alternate",
        "messages[2].role",
    ),
    (
        claude(messages=said(("user", "u"), ("assistant", "so "))),
        MESSAGES,
        "prefill_whitespace",
        "messages[1].content",
    ),
    (
        claude(messages=[*HELLO, *said(("assistant", [USE])), *HELLO]),
        MESSAGES,
        "tool_call_unanswered",
        "messages[1].content",
    ),
    (
        claude(messages=[*HELLO, *said(("assistant", "a"), ("user", [RESULT]))]),
        MESSAGES,
        "tool_result_without_call",
        "messages[2].content",
    ),
    (
        claude(thinking={"type": "enabled", "budget_tokens": 100}),
        MESSAGES,
        "thinking_budget",
        "thinking.budget_tokens",
    ),
    (claude(thinking={"type": "enabled", "budget_tokens": 2048}), MESSAGES, "thinking_budget", "max_tokens"),
    (
        claude(max_tokens=4096, temperature=0.5, thinking={"type": "enabled", "budget_tokens": 2048}),
        MESSAGES,
        "thinking_temperature",
        "temperature",
    ),
    (claude(tools=[TOOL]), MESSAGES, "tool_shape", "tools[0]"),
    ({"model": "text-embedding-3-small", "messages": HELLO}, EMBED, "embedding_messages", "messages"),
    ({"model": "text-embedding-3-small", "input": ""}, EMBED, "input_missing", "input"),
    ({"model": "text-embedding-3-small", "input": ["a", ""]}, EMBED, "input_empty", "input[1]"),
    ({"model": "text-embedding-3-small", "input": ["a"] * 2049}, EMBED, "input_count", "input"),
    ({"model": "text-embedding-3-small", "input": "a", "stream": True}, EMBED, "embedding_stream", "stream"),
    ({"model": "gpt-image-1", "size": "1024x1024"}, IMAGES, "prompt_missing", "prompt"),
    ({"model": "dall-e-3", "prompt": "a", "size": "512x512"}, IMAGES, "value_not_offered", "size"),
    ({"model": "dall-e-3", "prompt": "a", "n": 2}, IMAGES, "image_count", "n"),
    (
        {"model": "gpt-image-1", "prompt": "a", "response_format": "url"},
        IMAGES,
        "image_response_format",
        "response_format",
    ),
    ({"model": "flux-pro", "prompt": "a", "size": "1024, 1024"}, IMAGES, "size_shape", "size"),
    ({"model": "kling-v2-master", "prompt": "a", "duration": 7}, VIDEO, "value_not_offered", "duration"),
    (
        {"model": "kling-v2-master", "prompt": "a", "aspect_ratio": "4:3"},
        VIDEO,
        "value_not_offered",
        "aspect_ratio",
    ),
    ({"model": "seedance-1", "prompt": "a", "ratio": "16：9"}, VIDEO, "ratio_shape", "ratio"),
    ({"model": "seedance-1", "prompt": "a", "duration": "5s"}, VIDEO, "duration_shape", "duration"),
    ({"model": "seedance-1", "prompt": "a", "duration": 600}, VIDEO, "duration_range", "duration"),
    ({"model": "gpt-5", "messages": HELLO}, "/v1/responses", "input_missing", "input"),
]


@pytest.mark.parametrize(("body", "endpoint", "code", "path"), WRONG)
def test_a_mistake_is_found_at_its_place(body, endpoint, code, path):
    found = check_request(body, endpoint=endpoint)

    assert (code, path) in [(finding.code, finding.path) for finding in found]
    assert all(words.en and words.zh for finding in found for words in (finding.message, finding.fix))


PARTS = [
    ("hi", "part_shape"),
    ({"type": "image_url", "image_url": PNG}, "image_url_shape"),
    ({"type": "image_url", "image_url": {}}, "image_missing"),
    ({"type": "image_url", "image_url": {"url": "C:\\cat.png"}}, "image_not_reachable"),
    ({"type": "image_url", "image_url": {"url": "file:///tmp/cat.png"}}, "image_not_reachable"),
    ({"type": "image_url", "image_url": {"url": "data:image/png,abc"}}, "image_data_url"),
    ({"type": "image_url", "image_url": {"url": PNG + "A" * 8_000_000}}, "image_too_big"),
    ({"type": "image", "source": {}}, "part_of_other_format"),
    ({"type": "input_image", "image_url": PNG}, "part_of_other_format"),
]
CLAUDE_PARTS = [
    ({"type": "image_url", "image_url": {"url": PNG}}, "part_of_other_format"),
    ({"type": "image"}, "image_missing"),
    (base64_image(media_type="image/png"), "image_missing"),
    (base64_image(media_type="image/png", data=PNG), "image_data_prefix"),
    (base64_image(media_type="image/bmp", data="iV"), "image_media_type"),
]


@pytest.mark.parametrize(("part", "code"), PARTS)
def test_image_parts_of_the_chat_format(part, code):
    found = check_request(chat(messages=[{"role": "user", "content": [part]}]), endpoint=CHAT)

    assert [finding.code for finding in found] == [code]
    assert found[0].path.startswith("messages[0].content[0]")


@pytest.mark.parametrize(("part", "code"), CLAUDE_PARTS)
def test_image_parts_of_the_messages_format(part, code):
    found = check_request(claude(messages=[{"role": "user", "content": [part]}]), endpoint=MESSAGES)

    assert [finding.code for finding in found] == [code]


def test_the_format_is_told_by_the_body_when_the_endpoint_is_unknown():
    assert check_request(chat(temperature=1.5)) == ()
    assert [finding.code for finding in check_request(claude(system="s", temperature=1.5))] == ["param_range"]
    assert check_request({"model": "text-embedding-3-small", "input": "a"}) == ()


def test_a_model_that_is_not_offered_gets_the_nearest_name():
    (finding,) = check_request({**chat(), "model": "gpt4o"}, endpoint=CHAT, offered=["gpt-4o", "qwen3-max"])

    assert (finding.code, finding.path) == ("model_name", "model")
    assert finding.fix.en == 'Use: "model": "gpt-4o"'


def test_errors_come_before_warnings():
    found = check_request(chat(messages=said(("user", " ")), temperature=9), endpoint=CHAT)

    assert [finding.severity for finding in found] == ["error", "warning"]


def test_what_the_messages_say_is_never_repeated():
    secret = "the-launch-code-is-0000"
    body = {
        "model": secret, "temperature": secret, "stop": [secret] * 9, "tool_choice": secret, "size": secret,
        "tools": [{"type": "function", "function": {"name": secret + "!"}}],
        "messages": [{"role": secret, "content": [{"type": secret}, {"type": "image_url", "image_url": ""}]}],
    }  # fmt: skip
    found = check_request(body, offered=["gpt-4o"]) + check_request('{"a": ' + secret)

    assert len(found) > 5
    assert secret not in repr(found)


def test_the_text_of_a_request_leaves_images_out():
    part = {"type": "image_url", "image_url": {"url": PNG}}
    body = chat(messages=[{"role": "user", "content": [{"type": "text", "text": "look"}, part]}])

    assert request_text(body) == "look"


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
FIELDS = (
    "model messages role content type image_url source tools input thinking id temperature max_tokens size "
    "duration aspect_ratio contents tool_calls stop n"
)
fields = st.sampled_from(FIELDS.split())
bodies = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=5),
    max_leaves=12,
)


@given(
    bodies,
    st.sampled_from([None, CHAT, MESSAGES, EMBED, IMAGES, VIDEO, "/v1/responses", "x:generateContent"]),
)
def test_no_body_makes_it_raise(body, endpoint):
    assert len(check_request(body, endpoint=endpoint, offered=["gpt-4o"])) <= MOST_FINDINGS


@given(st.text(max_size=60))
def test_no_text_makes_it_raise(body):
    assert len(check_request(body)) <= MOST_FINDINGS
