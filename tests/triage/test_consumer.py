"""A worker and Redis, which is killed while the worker has taken a message and not acknowledged it."""

from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from unittest.mock import Mock

import kombu
import pytest
from celery.worker.state import active_requests

from tests.own_servers import OwnRedis, find_binaries
from tests.tickets.management.commands.test_run import free_port
from triage.celery import app


@pytest.fixture
def redis() -> Iterator[OwnRedis]:
    try:
        _, program = find_binaries()
    except LookupError as reason:
        pytest.skip(str(reason))
    server = OwnRedis(program, free_port())
    server.start()
    yield server
    server.kill()


@pytest.mark.own_servers
def test_a_worker_that_loses_redis_amid_a_message_ends_its_task_and_goes_on(redis: OwnRedis):
    connection = kombu.Connection(redis.url)
    take_without_acknowledging(connection)
    request = Mock(task=SimpleNamespace(acks_late=True), acknowledged=False)
    active_requests.add(request)
    worker = app.WorkController(pool="solo", concurrency=1, loglevel="ERROR")
    worker.consumer.connection = connection
    redis.kill()
    try:
        worker.consumer.on_connection_error_after_connected(ConnectionError())
    finally:
        active_requests.discard(request)
    assert worker.consumer.connection is None
    request.cancel.assert_called_once_with(worker.consumer.pool)


def take_without_acknowledging(connection: kombu.Connection) -> None:
    """As a worker does: by one channel it takes messages, by another it is told what to do, and it waits for both."""
    channel = connection.default_channel
    queue = kombu.Queue("wake-ups", channel=channel)
    connection.Producer().publish("wake up", routing_key="wake-ups", declare=[queue])
    taken: list[object] = []
    kombu.Consumer(channel, [queue], callbacks=[lambda _body, message: taken.append(message)]).consume()
    app.control.mailbox(connection).Node("worker", channel=connection.channel()).listen()
    while not taken:
        connection.drain_events(timeout=5)
    with suppress(TimeoutError):
        while True:
            connection.drain_events(timeout=0.1)
