import json
import shlex
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.engine.doctors.safe_request import safe_request

BASE = "https://gateway.example/v1"


def curls(values, base=BASE):
    return [shlex.split(step.curl) for step in safe_request(values, base_url=base)]


def body_of(words):
    return json.loads(words[words.index("-d") + 1])


def test_the_smallest_comes_first():
    models, work = curls({"model": "gpt-4o"})

    assert models == ["curl", "-sS", "-i", f"{BASE}/models", "-H", "Authorization: Bearer $API_KEY"]
    assert work[3] == f"{BASE}/chat/completions"
    assert body_of(work) == {
        "model": "gpt-4o", "messages": [{"role": "user", "content": "ping"}], "max_tokens": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "path", "field"),
    [
        ({"endpoint": "/v1/embeddings", "model": "text-embedding-3-small"}, "/embeddings", "input"),
        ({"endpoint": "/v1/responses", "model": "gpt-5"}, "/responses", "max_output_tokens"),
        ({"endpoint": "/v1/chat/completions", "model": "o3"}, "/chat/completions", "max_completion_tokens"),
        ({"endpoint": "/v1/messages", "model": "claude-opus-4-8"}, "/messages", "max_tokens"),
    ],
)
def test_the_request_has_the_form_of_the_endpoint(values, path, field):
    work = curls(values)[1]

    assert work[3] == BASE + path
    assert field in body_of(work)


def test_the_messages_format_takes_its_own_headers_and_a_base_without_version():
    models, work = curls(
        {"endpoint": "/v1/messages", "model": "claude-opus-4-8"}, "https://gateway.example/anthropic"
    )

    assert models[3] == "https://gateway.example/anthropic/v1/models"
    assert work[3] == "https://gateway.example/anthropic/v1/messages"
    assert "x-api-key: $API_KEY" in work


def test_a_stream_is_tried_last():
    (*_, stream) = curls({"model": "gpt-4o", "stream": True})

    assert stream[1] == "-sSN"
    assert body_of(stream)["stream"] is True


@pytest.mark.parametrize(
    ("endpoint", "url"),
    [
        ("/v1/video/generations", "https://gateway.example/v1/video/generations/task_77"),
        ("/v1/videos", "https://gateway.example/v1/videos/task_77"),
        ("/mj/submit/imagine", "https://gateway.example/mj/task/task_77/fetch"),
        ("/suno/submit/music", "https://gateway.example/suno/fetch/task_77"),
    ],
)
def test_a_media_task_is_asked_for_and_never_started_again(endpoint, url):
    steps = curls({"endpoint": endpoint, "task_id": "task_77", "model": "kling-v2-master"})

    assert [words[3] for words in steps] == [f"{BASE}/models", url]
    assert all("-d" not in words for words in steps)


def test_the_base_url_is_put_right_first():
    assert (
        curls({}, "https://user:pass@gateway.example/v1/chat/completions?key=abc")[0][3] == f"{BASE}/models"
    )


@pytest.mark.parametrize("base", ["", "my gateway"])
def test_without_a_base_url_the_command_reads_it_from_the_environment(base):
    assert safe_request({}, base_url=base)[0].curl.startswith('curl -sS -i "$BASE_URL/models"')


def test_no_key_and_no_foreign_text_gets_into_a_command():
    key = "sk-" + "a1B2" * 12
    steps = safe_request(
        {
            "model": key,
            "task_id": "x; rm -rf ~",
            "key": key,
            "raw_error": "a prompt",
            "endpoint": "/v1/videos/$(id)",
        },
        base_url=f"https://{key}@gateway.example/v1?api_key={key}",
    )

    told = " ".join(step.curl for step in steps)
    assert key not in told
    assert "prompt" not in told
    assert "rm -rf" not in told
    assert "$(id)" not in told


HOSTILE = ["a'b", 'a"b', "a$(id)b", "a`id`b", "a\nb", "a;b", "a b", "模型", "a\\b"]


@pytest.mark.parametrize("text", HOSTILE)
def test_every_command_is_sound_shell(text):
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed here")
    steps = safe_request(
        {"model": text, "task_id": text, "endpoint": text, "stream": True},
        base_url=f"https://gateway.example/{text}",
    )

    for step in steps:
        subprocess.run(["bash", "-n", "-c", step.curl], check=True, timeout=10)


def test_each_step_says_what_its_answers_tell_in_both_languages():
    for step in safe_request({"stream": True, "task_id": "task_1"}, base_url=BASE):
        assert all((step.title.en, step.title.zh, step.tells.en, step.tells.zh))


texts = st.text(max_size=30)


@given(
    st.dictionaries(st.sampled_from(["model", "task_id", "endpoint", "request_type", "stream"]), texts), texts
)
def test_no_evidence_makes_it_raise_or_break_its_quotes(values, base):
    for step in safe_request(values, base_url=base):
        words = shlex.split(step.curl)
        assert words[0] == "curl"
        assert any("$API_KEY" in word for word in words)
