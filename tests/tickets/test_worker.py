"""Real worker processes, killed in the middle of their work."""

import pytest
from django.conf import settings
from django.db import transaction
from redis import Redis

from tests.plumbing import kill_group, product_environment, program, wait_until
from tickets.models import Account, Job
from tickets.services import outbox
from tickets.worker import OutboxThread

JOBS = 60
SOON = {"OUTBOX_LEASE_SECONDS": "2", "OUTBOX_SWEEP_SECONDS": "1"}


def names() -> list[str]:
    return sorted(Account.objects.values_list("name", flat=True))


def ask_for_accounts() -> list[str]:
    asked = [f"account {number:02}" for number in range(JOBS)]
    with transaction.atomic():
        for name in asked:
            outbox.add("open_account_slowly", name)
    return asked


def kill_a_worker_and_let_another_finish(env: dict[str, str]) -> None:
    with program("-m", "tests.tickets.slow_worker", env=env) as worker:
        wait_until(lambda: Account.objects.count() >= 5)
        kill_group(worker)
    assert Job.objects.open().exists()
    with program("-m", "tests.tickets.slow_worker", env=env):
        wait_until(lambda: not Job.objects.open().exists(), seconds=25)


def test_killing_a_worker_loses_nothing_and_doubles_nothing(transactional_db: None) -> None:
    asked = ask_for_accounts()
    kill_a_worker_and_let_another_finish(product_environment(REDIS_URL="", **SOON))

    assert names() == asked


@pytest.mark.real_queue
def test_killing_a_celery_worker_loses_nothing_and_doubles_nothing(transactional_db: None) -> None:
    asked = ask_for_accounts()
    kill_a_worker_and_let_another_finish(product_environment(**SOON))

    assert names() == asked


@pytest.mark.real_queue
def test_a_celery_worker_finds_jobs_whose_message_was_lost(transactional_db: None) -> None:
    asked = ask_for_accounts()
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.delete(f"{settings.REDIS_PREFIX}:celery")
    with program("-m", "tests.tickets.slow_worker", env=product_environment(**SOON)):
        wait_until(lambda: not Job.objects.open().exists(), seconds=25)

    assert names() == asked


def test_the_thread_works_when_it_is_woken_and_ends_when_it_is_asked_to(transactional_db: None) -> None:
    thread = OutboxThread()
    thread.start()
    job = outbox.add("a kind that nobody knows")
    wait_until(lambda: Job.objects.failed().filter(pk=job.pk).exists(), seconds=3)
    thread.stop(timeout=3)

    assert not thread.is_alive()
