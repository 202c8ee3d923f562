"""Web, worker, Redis and PostgreSQL are killed, one after the other, while failures come in and an update goes out.

All of it is real: servers of our own, gunicorn and Celery as production starts them, a gateway that sends again what
nobody acknowledged.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.failures import make_row
from tests.own_servers import OwnPostgres, OwnRedis, find_binaries, own_servers
from tests.plumbing import TOP, kill_group, product_environment, program, wait_until
from tests.tickets.management.commands.test_run import answers, free_port
from tests.tickets.test_update_killed import CUSTOMERS, SOON

ROWS = 50
SENDERS = 3
PATIENCE = 60  # seconds in which a batch is sent again
AWAY = 0.5  # seconds that a server stays away
WEB = ("-m", "gunicorn", "-c", "python:triage.server", "triage.wsgi")
WORKER = ("manage.py", "work")


class Gateway:
    """Reports batch after batch until it is told to stop, each until it is acknowledged."""

    def __init__(self, port: int, secret: str) -> None:
        self._address = f"http://127.0.0.1:{port}/api/v1/failures"
        self._headers = {"Authorization": f"Bearer {secret}"}
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._send) for _ in range(SENDERS)]
        self.acknowledged: list[str] = []
        self.refusals: set[int] = set()

    @contextmanager
    def reporting(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._enough.set()
            for thread in self._threads:
                thread.join()

    def _send(self) -> None:
        while not self._enough.is_set():
            batch = [make_row() for _ in range(ROWS)]
            give_up = time.monotonic() + PATIENCE
            while not self._is_acknowledged(json.dumps(batch)):
                assert time.monotonic() < give_up
                time.sleep(0.1)
            self.acknowledged += [row["source_id"] for row in batch]
            self._enough.wait(0.2)

    def _is_acknowledged(self, body: str) -> bool:
        try:
            answer = httpx.post(self._address, content=body, headers=self._headers, timeout=20)
        except httpx.TransportError:
            return False
        if answer.status_code != 202:
            self.refusals.add(answer.status_code)
            return False
        told = answer.json()
        return bool(told["accepted"] + told["duplicates"] == ROWS)


class Desk:
    """The desk's programs on servers that may be killed like the programs themselves."""

    def __init__(self, stack: ExitStack, postgres: OwnPostgres, redis: OwnRedis, data: Path) -> None:
        self._stack, self.postgres, self.redis = stack, postgres, redis
        self.port = free_port()
        self.environment = product_environment(
            DATABASE_URL=postgres.url,
            REDIS_URL=redis.url,
            TRIAGE_DATA_DIR=str(data),
            PORT=str(self.port),
            WEB_PROCESSES="2",
            **SOON,
        )

    def ask(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "tests.tickets.killed_desk", *arguments]
        told = subprocess.run(
            command, cwd=TOP, env=self.environment, capture_output=True, text=True, timeout=90
        )
        assert told.returncode == 0, told.stderr[-5000:]
        return told.stdout.strip()

    def start(self) -> None:
        self._start_web()
        self._start_worker()

    def kill_web(self) -> None:
        kill_group(self._web)
        self._start_web()

    def kill_worker(self) -> None:
        kill_group(self._worker)
        self._start_worker()

    def kill_redis(self) -> None:
        self.redis.kill()
        time.sleep(AWAY)
        self.redis.start()

    def kill_postgres(self) -> None:
        self.postgres.kill()
        time.sleep(AWAY)
        self.postgres.start()

    def delivered(self) -> int:
        return int(self.postgres.value("SELECT count(*) FROM tickets_delivery WHERE state = 'sent'"))

    def has_no_more_work(self) -> bool:
        query = """SELECT count(*) FROM tickets_job
            WHERE done_at IS NULL AND failed_at IS NULL AND kind IN ('deliver_update', 'mail_reply')"""
        return self.delivered() == CUSTOMERS and not self.postgres.value(query)

    def _start_web(self) -> None:
        self._web = self._stack.enter_context(program(*WEB, env=self.environment))
        wait_until(lambda: answers(self.port), seconds=30)

    def _start_worker(self) -> None:
        self._worker = self._stack.enter_context(program(*WORKER, env=self.environment))


@pytest.mark.own_servers
def test_killing_web_worker_redis_and_postgres_loses_nothing_and_doubles_nothing(tmp_path: Path):
    try:
        find_binaries()
    except LookupError as reason:
        pytest.skip(str(reason))
    with ExitStack() as stack:
        postgres, redis = stack.enter_context(own_servers(free_port(), free_port()))
        desk = Desk(stack, postgres, redis, tmp_path)
        gateway = Gateway(desk.port, desk.ask("prepare"))
        desk.start()
        with gateway.reporting():
            kills = (desk.kill_web, desk.kill_worker, desk.kill_redis, desk.kill_postgres)
            for place, kill in enumerate(kills):
                kill_in_the_middle(desk, gateway, kill, at=40 + 100 * place)
        wait_until(desk.has_no_more_work, seconds=120)
        (tmp_path / "acknowledged").write_text("\n".join(gateway.acknowledged))
        desk.ask("check", str(tmp_path / "acknowledged"))
    assert gateway.refusals <= {503}


def kill_in_the_middle(desk: Desk, gateway: Gateway, kill: Callable[[], None], *, at: int) -> None:
    """Once so many customers have the update; afterwards failures come in again."""
    wait_until(lambda: desk.delivered() >= at, seconds=60)
    assert desk.delivered() < CUSTOMERS
    kill()
    wait_until(partial(_more_than, gateway.acknowledged, len(gateway.acknowledged)), seconds=40)


def _more_than(rows: list[str], before: int) -> bool:
    return len(rows) > before
