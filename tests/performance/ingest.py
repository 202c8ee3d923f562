"""Failures over HTTP on loopback: the product with redaction, fingerprint and counting, beside a bare view that copies
the rows in unprocessed. The same server, the same bodies, rounds in turn. PostgreSQL only.
"""

import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.performance.measured import Measured, median
from tests.performance.reports import COLUMNS, TABLE, as_body, make_batch
from tests.plumbing import kill_group, program, wait_until
from tests.servers import find_postgres

ROWS = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}
BATCH = 1_000
BATCHES = 8  # of each kind in one round
WARM_UP = 5  # rounds, until both processes know the errors that come again
SENDERS = 4
PROCESSES = 2
MOST_SECONDS = 120


def measure(size: str) -> Measured:
    try:
        server = find_postgres()
    except LookupError as problem:
        sys.exit(f"ingest is measured on PostgreSQL: {problem}")
    measured = Measured("ingest", size, "postgresql")
    with (
        _database(server) as url,
        tempfile.TemporaryDirectory() as data,
        _serving(url, data) as (port, token),
    ):
        rates = _rounds(port, token, rows=ROWS[size])
    for name, each in rates.items():
        measured.figures[f"{name}_per_s"] = median(each)
    measured.figures["rounds"] = len(rates["failures"])
    pairs = zip(rates["failures"], rates["bare"], strict=True)
    measured.ratios["to_bare"] = median([ours / bare for ours, bare in pairs])
    return measured


def _rounds(port: int, token: str, *, rows: int) -> dict[str, list[float]]:
    chance = random.Random(5)
    rates: dict[str, list[float]] = {"failures": [], "bare": []}
    end = time.monotonic() + MOST_SECONDS
    with ThreadPoolExecutor(SENDERS) as senders:
        for at in range(WARM_UP + max(6, rows // (BATCH * BATCHES))):
            now = datetime.now(UTC)
            bodies = [as_body(make_batch(chance, BATCH, now)) for _ in range(BATCHES)]
            for name, path in (("failures", "/api/v1/failures"), ("bare", "/bare/failures")):
                started = time.perf_counter()
                list(senders.map(lambda body, path=path: _send(port, token, path, body), bodies))
                if at >= WARM_UP:
                    rates[name].append(BATCH * BATCHES / (time.perf_counter() - started))
            if time.monotonic() > end:
                break
    return rates


def _send(port: int, token: str, path: str, body: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status != 202 or f'"accepted": {BATCH}' not in said.decode():
        raise RuntimeError(f"{path} answered {answer.status}: {said[:500]!r}")


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"triage_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _serving(url: str, data: str) -> Iterator[tuple[int, str]]:
    """The product under gunicorn, with a token that may report."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "REDIS_URL": "",
        "TRIAGE_DATA_DIR": data,
        "PORT": str(port),
        "WEB_PROCESSES": str(PROCESSES),
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "tests.performance.ingest_settings",
    }
    _manage(env, "migrate", "--verbosity=0")
    token = _manage(env, "create_token", "--scope=failures:write").strip()
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {TABLE} ({columns})")
        for indexed in ("occurred_at", "provider, model, occurred_at"):
            connection.execute(f"CREATE INDEX ON {TABLE} ({indexed})")
    with program("-m", "gunicorn", "-c", "python:triage.server", "triage.wsgi", env=env) as server:
        wait_until(lambda: _answers(port), seconds=60)
        yield port, token
        kill_group(server)


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def _manage(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
