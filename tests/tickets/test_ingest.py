"""A real web process that is killed while failures come in: what it accepted is there, and nothing is there twice."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db.models import Sum

from tests.failures import make_row
from tests.plumbing import kill_group, product_environment, program, wait_until
from tests.tickets.management.commands.test_run import free_port
from tickets.models import Failure, FailureAccount, FailureCount, Scope
from tickets.services.token import create_token

BATCHES, ROWS = 24, 150
SENDERS = 3


class Gateway:
    """Sends its batches one after the other, and notes which of them were accepted."""

    def __init__(self, secret: str, port: int) -> None:
        self.secret, self.port = secret, port
        self.batches = [[make_row() for _ in range(ROWS)] for _ in range(BATCHES)]
        self.accepted: set[int] = set()
        self.answers: list[dict[str, Any]] = []

    def send_all(self) -> None:
        threads = [threading.Thread(target=self._send, args=(first,)) for first in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _send(self, first: int) -> None:
        for at in range(first, BATCHES, SENDERS):
            try:
                status, said = self._post(json.dumps(self.batches[at]))
            except (OSError, http.client.HTTPException, ValueError):
                return  # killed: what was under way has no answer
            assert status == 202, said
            self.answers.append(said)
            self.accepted.add(at)

    def _post(self, body: str) -> tuple[int, dict[str, Any]]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
            connection.request("POST", "/api/v1/failures", body, headers)
            with connection.getresponse() as answer:
                return answer.status, json.loads(answer.read())


@contextmanager
def web(port: int) -> Iterator[Any]:
    env = product_environment(PORT=str(port), WEB_PROCESSES="2", REDIS_URL="", OUTBOX_SWEEP_SECONDS="3600")
    with program("-m", "gunicorn", "-c", "python:triage.server", "triage.wsgi", env=env) as process:
        wait_until(lambda: _answers(port), seconds=40)
        yield process


def _answers(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
            connection.request("GET", "/healthz")
            with connection.getresponse() as answer:
                return answer.status == 200
    except (OSError, http.client.HTTPException):
        return False


def test_killing_the_web_process_loses_nothing_and_doubles_nothing(transactional_db: None) -> None:
    _, secret = create_token(name="gateway", scopes=[Scope.FAILURES])
    gateway = Gateway(secret, free_port())
    sending = threading.Thread(target=gateway.send_all)
    with web(gateway.port) as process:
        sending.start()
        wait_until(lambda: Failure.objects.count() >= 3 * ROWS)
        kill_group(process)
        sending.join()
    stored = set(Failure.objects.values_list("source_id", flat=True))
    promised = {row["source_id"] for at in gateway.accepted for row in gateway.batches[at]}
    assert 0 < len(gateway.accepted) < BATCHES
    assert promised <= stored
    assert len(stored) % ROWS == 0  # whole batches only

    gateway.answers.clear()
    with web(gateway.port):
        gateway.send_all()

    everything = BATCHES * ROWS
    assert sum(answer["accepted"] + answer["duplicates"] for answer in gateway.answers) == everything
    assert Failure.objects.count() == len({row["source_id"] for each in gateway.batches for row in each})
    assert FailureCount.objects.aggregate(all=Sum("failures"))["all"] == everything
    assert FailureAccount.objects.aggregate(all=Sum("failures"))["all"] == everything
