"""`manage.py run` as a person meets it: a process of its own on a fresh data folder."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.plumbing import TOP, product_environment, program, wait_until
from tickets.models import Job
from tickets.services import outbox


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def embedded(data: Path, port: int) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "TRIAGE_DATA_DIR": str(data),
        "TRIAGE_STATIC_ROOT": str(data / "static"),
        "PORT": str(port),
        "DEMO": "0",
    }


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def run_until_it_answers(env: dict[str, str], port: int) -> str:
    """Start, wait for the first answer, press Ctrl-C; everything that was printed."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "run"],
        cwd=TOP,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        wait_until(lambda: answers(port) or process.poll() is not None, seconds=60)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=20)
    assert process.returncode == 0, printed
    return printed


@pytest.mark.own_folder
def test_it_starts_with_nothing_set_goes_on_with_its_data_and_ends_cleanly(tmp_path: Path):
    port = free_port()
    first = run_until_it_answers(embedded(tmp_path, port), port)
    second = run_until_it_answers(embedded(tmp_path, port), port)

    assert f"http://127.0.0.1:{port}/" in first
    assert "/invitation/" in first
    assert not re.search("Traceback|Error|Warning", first + second)
    assert not answers(port)


def test_a_port_that_is_taken_is_told_before_anything_is_done(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "manage.py", "run"],
            cwd=TOP,
            env=embedded(tmp_path, port),
            capture_output=True,
            text=True,
        )

    assert result.returncode == 1
    assert f"port {port}" in result.stderr
    assert f"PORT={port + 1} make run" in result.stderr
    assert not (tmp_path / "triage.sqlite3").exists()


@pytest.mark.real_queue
def test_with_servers_named_a_celery_worker_runs_beside_it_and_ends_with_it(
    transactional_db: None, tmp_path: Path
):
    port = free_port()
    env = product_environment(PORT=str(port), DEMO="0", TRIAGE_STATIC_ROOT=str(tmp_path))
    with program("manage.py", "run", env=env) as process:
        wait_until(lambda: answers(port), seconds=60)
        outbox.add("a kind that nobody knows")
        wait_until(lambda: Job.objects.failed().exists(), seconds=20)
        process.send_signal(signal.SIGINT)

        assert process.wait(20) == 0
    assert not answers(port)
