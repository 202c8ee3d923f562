"""curl commands, logs, HAR files, task states, HTML pages and event streams are told apart, and read."""

import json

import pytest

from triage.engine.extract import extract

CURL = """curl -X POST https://relay.test/v1/chat/completions -H "Authorization: Bearer sk-…0000" \\
  -d '{"model": "acme-chat-2", "stream": true, "messages": []}'"""
GIN = "[GIN] 2026/03/04 - 05:06:07 | 20260304050607111222333QwErTyUi | 429 | 8ms |  192.0.2.7 |    POST /v1/embeddings"
HAR = json.dumps(
    {
        "log": {
            "entries": [
                {
                    "request": {"url": "https://r.test/v1/models"},
                    "response": {"status": 200},
                    "startedDateTime": "2026-01-01T00:00:00Z",
                },
                {
                    "request": {"url": "https://r.test/v1/images/edits?x=1"},
                    "response": {"status": 524},
                    "startedDateTime": "2026-01-01T00:01:00Z",
                },
                {"request": {"url": "https://r.test/logo.png"}, "response": {"status": 200}},
            ]
        }
    }
)
PAGE = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (CURL, "curl"),
        (GIN, "log_line"),
        (HAR, "har"),
        (PAGE, "html_page"),
        ('data: {"choices":[]}\n\ndata: [DONE]', "sse"),
        ("任务ID: 9f8e7d6c-1111-2222-3333-444455556666\n状态: 排队中", "task_status"),
        ("Traceback (most recent call last):\nValueError: no", "traceback"),
        ('{"error":{"message":"m"}}', "json_body"),
        ("为什么我的模型不能用了", "prose"),
    ],
)
def test_shapes_are_recognised(text: str, shape: str) -> None:
    assert shape in extract(text).shapes


def test_a_curl_command_gives_model_endpoint_and_stream() -> None:
    values = extract(CURL).values()

    assert values["model"] == "acme-chat-2"
    assert values["endpoint"] == "/v1/chat/completions"
    assert values["stream"] is True
    assert values["client"] == "curl"
    assert values["base_url"] == "https://relay.test/v1"


def test_an_access_log_gives_the_failed_request() -> None:
    values = extract(GIN.replace("429", "200").replace("111222333", "000000000") + "\n" + GIN).values()

    assert values["http_status"] == 429
    assert values["request_id"] == "20260304050607111222333QwErTyUi"
    assert values["endpoint"] == "/v1/embeddings"
    assert values["occurred_at"] == "2026/03/04 - 05:06:07"


def test_a_har_file_gives_its_last_failure() -> None:
    values = extract(HAR).values()

    assert (values["http_status"], values["endpoint"]) == (524, "/v1/images/edits")
    assert values["occurred_at"] == "2026-01-01T00:01:00Z"


def test_an_html_page_speaks_by_its_title() -> None:
    evidence = extract(PAGE)

    assert evidence.innermost is not None
    assert evidence.innermost.message == "502 Bad Gateway"
    assert evidence.value("http_status") == 502


@pytest.mark.parametrize(
    ("text", "task_id"),
    [
        ("task_id: 0a1b2c3d-1111-2222-3333-444455556666 is stuck", "0a1b2c3d-1111-2222-3333-444455556666"),
        ("任务编号：cgt-20260101-abc12", "cgt-20260101-abc12"),
        ('{"data":{"task_id":"776655443322","task_status":"processing"}}', "776655443322"),
        ("[task aa11bb22] queued\n[task cc33dd44] failed", "cc33dd44"),
    ],
)
def test_task_ids(text: str, task_id: str) -> None:
    assert extract(text).value("task_id") == task_id


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("status: FAILED", "FAILED"),
        ("the status PENDING never ends", "PENDING"),
        ("任务状态：排队中", "排队中"),
        ("状态一直显示生成中", "生成中"),
        ('{"data":{"task_status":"processing"}}', "processing"),
        ("任务已提交，等了很久", None),
        ("the retry succeeded", None),
        ("my second try failed", None),
        ("生成失败", None),
    ],
)
def test_task_states_are_read_where_they_are_given_as_such(text: str, state: str | None) -> None:
    assert extract(text).value("task_state") == state


def test_a_task_object_names_itself() -> None:
    assert extract('{"id":"task-20260101-55103","status":"queued"}').value("task_id") == "task-20260101-55103"
    assert extract("a task-based flow in task-2 runs").value("task_id") is None
