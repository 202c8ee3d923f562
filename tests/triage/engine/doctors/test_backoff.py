import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from triage.engine.doctors.backoff import SNIPPETS, backoff_snippet

RUNNERS = {
    "python": ("snippet.py", [sys.executable]),
    "curl": ("snippet.sh", ["sh"]),
    "javascript": ("snippet.mjs", ["node"]),
}
PROGRAMS = {"python": sys.executable, "curl": "curl", "javascript": "node"}


@contextmanager
def gateway(answers: list[tuple[int, dict[str, str]]]) -> Iterator[tuple[str, list[float]]]:
    """A loopback server that gives these answers in turn (the last one for ever) and notes when asked."""
    asked: list[float] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, headers = answers[min(len(asked), len(answers) - 1)]
            asked.append(time.monotonic())
            body = json.dumps({"status": status}).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def run(language, folder, url):
    if shutil.which(PROGRAMS[language]) is None:
        pytest.skip(f"{PROGRAMS[language]} is not installed here")
    name, command = RUNNERS[language]
    (folder / name).write_text(backoff_snippet(language, 1), encoding="utf-8")
    (folder / "request.json").write_text("{}", encoding="utf-8")
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [*command, name],
        cwd=folder,
        env={**keep, "BASE_URL": url, "API_KEY": "made-up", "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("language", SNIPPETS)
def test_it_waits_as_long_as_the_server_asks_and_then_succeeds(language, tmp_path):
    with gateway([(429, {"Retry-After": "1"}), (200, {})]) as (url, asked):
        done = run(language, tmp_path, url)

    assert (done.returncode, json.loads(done.stdout)) == (0, {"status": 200})
    assert len(asked) == 2
    assert 1.0 <= asked[1] - asked[0] < 4


@pytest.mark.parametrize("language", SNIPPETS)
def test_a_mistake_of_the_request_is_not_repeated(language, tmp_path):
    with gateway([(400, {})]) as (url, asked):
        done = run(language, tmp_path, url)

    assert done.returncode != 0
    assert len(asked) == 1


@pytest.mark.parametrize("language", SNIPPETS)
def test_it_stops_when_the_server_asks_for_too_long_a_wait(language, tmp_path):
    with gateway([(429, {"Retry-After": "9000"})]) as (url, asked):
        done = run(language, tmp_path, url)

    assert done.returncode != 0
    assert "9000 s" in done.stderr
    assert len(asked) == 1


def test_the_python_one_grows_its_pauses_with_jitter_and_gives_up(monkeypatch, tmp_path):
    pauses: list[float] = []
    space: dict[str, Any] = {"__name__": "snippet"}
    exec(compile(backoff_snippet("python", 2), "snippet", "exec"), space)
    monkeypatch.setattr("time.sleep", pauses.append)
    with gateway([(503, {})]) as (url, asked), pytest.raises(Exception, match="503"):
        space["send"](space["urllib"].request.Request(url, data=b"{}"), tries=5)

    assert len(asked) == 5
    floors = [1, 2, 4, 8]
    assert all(low <= pause <= 2 * low for low, pause in zip(floors, pauses, strict=True))


def test_the_python_one_reads_a_date_too():
    space: dict[str, Any] = {"__name__": "snippet"}
    exec(compile(backoff_snippet("python"), "snippet", "exec"), space)

    assert space["retry_after"]({"Retry-After": "Mon, 05 Jan 2015 10:00:00 GMT"}) == 0
    assert space["retry_after"]({"Retry-After": "2.5"}) == 2.5
    assert space["retry_after"]({"Retry-After": "soon"}) is None
    assert space["retry_after"]({}) is None


@pytest.mark.parametrize(
    ("language", "check"),
    [("curl", ["sh", "-n"]), ("curl", ["bash", "-n"]), ("javascript", ["node", "--check"])],
)
def test_the_snippet_is_well_formed(language, check, tmp_path):
    if shutil.which(check[0]) is None:
        pytest.skip(f"{check[0]} is not installed here")
    path = tmp_path / RUNNERS[language][0]
    path.write_text(backoff_snippet(language, 30), encoding="utf-8")

    subprocess.run([*check, str(path)], check=True, timeout=30)


@pytest.mark.parametrize("language", SNIPPETS)
@pytest.mark.parametrize(("wait", "first"), [(None, 1), (0, 1), (20, 20), (86_400, 3600)])
def test_the_first_pause_is_the_stated_wait(language, wait, first):
    snippet = backoff_snippet(language, wait)

    assert f"first={first}" in snippet.replace(" = ", "=")
    assert "WAIT" not in snippet


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="curl, python, javascript"):
        backoff_snippet("cobol")
