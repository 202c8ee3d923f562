"""Work for later. The job's row is written with its reason; whoever works is only woken after the commit.

Killing any process at any moment loses nothing: a job is open until its finish is committed, and a claim
is a lease. What happens in the database happens once, since effect and finish are one transaction. What
happens outside (mail, web hooks) happens at least once, and carries the job's key.
"""

import datetime
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.db import OperationalError, connection, models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from tickets.models import Job
from tickets.models.outbox import MOST_ATTEMPTS, new_key
from triage.celery import app

from .redaction import make_safe

log = structlog.get_logger(__name__)

DONE_JOBS_KEPT = datetime.timedelta(days=7)
FIRST_DELAY = datetime.timedelta(seconds=5)
LONGEST_DELAY = datetime.timedelta(hours=1)

work_waits = threading.Event()  # wakes the worker thread of this process


class TryAgain(Exception):
    """Raised by an effect when passing time may heal what went wrong. Anything else fails the job at once."""

    def __init__(self, message: str, *, after: datetime.timedelta | None = None) -> None:
        super().__init__(message)
        self.after = after


PASSING = (TryAgain, OperationalError, ConnectionError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of job does. `call` gets the job's arguments.

    Inside: it works in the database, in the transaction that finishes the job, so exactly once.
    Outside: it talks to another system, outside of any transaction, at least once; it also gets
    `idempotency_key`, and must end well within the lease.
    """

    call: Callable[..., object]
    outside: bool = False


Kinds = Mapping[str, Kind]


def add(kind: str, *args: Any, due: datetime.datetime | None = None, key: str | None = None) -> Job:
    """Ask for a job within the transaction of its reason. The same key asks for the same job only once."""
    job, created = Job.objects.get_or_create(
        key=key or new_key(),
        defaults={
            "kind": kind,
            "args": [arg.pk if isinstance(arg, models.Model) else arg for arg in args],
            "due_at": due or timezone.now(),
        },
    )
    if created and job.due_at <= timezone.now():
        transaction.on_commit(lambda: wake(job.pk), robust=True)
    return job


def wake(job_id: int) -> None:
    """Tell a worker. It may never hear of it, or twice: sweeping and claiming take care of both."""
    work_waits.set()
    if not settings.REDIS_URL:
        return
    try:
        app.send_task("tickets.run_job", [job_id], retry=False)
    except (BrokerError, OSError) as problem:
        log.warning("worker_not_woken", job=job_id, problem=type(problem).__name__)


def run(job_id: int, kinds: Kinds) -> bool:
    """Do this one job, unless somebody else has it. Says whether it was ours to do."""
    worker = uuid.uuid4().hex
    if not Job.objects.filter(pk=job_id).claim(worker, until=_lease_end()):
        return False
    _perform(Job.objects.get(pk=job_id), worker, kinds)
    return True


def drain(kinds: Kinds, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Do what is due, oldest first, until nothing is or `stop()`; how many. Many may drain at once."""
    done = 0
    while not stop() and (claimed := _claim_next()):
        _perform(*claimed, kinds)
        done += 1
    return done


def sweep(kinds: Kinds, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Do what no worker heard of and what a dead worker dropped; forget jobs done long ago."""
    old = Job.objects.filter(done_at__lt=timezone.now() - DONE_JOBS_KEPT)
    if old.exists():
        old.delete()
    return drain(kinds, stop=stop)


def try_again(job: Job) -> bool:
    """Open a failed job anew, for a person who has mended its reason."""
    now = timezone.now()
    opened = (
        Job.objects.failed()
        .filter(pk=job.pk)
        .update(failed_at=None, attempts=0, due_at=now, claimed_by="", claimed_until=None)
    )
    if opened:
        transaction.on_commit(lambda: wake(job.pk), robust=True)
    return bool(opened)


def _claim_next() -> tuple[Job, str] | None:
    worker = uuid.uuid4().hex
    ready = Job.objects.ready(timezone.now()).order_by("due_at", "id")
    if not ready.exists():  # spares SQLite the write lock that a transaction takes
        return None
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            ready = ready.select_for_update(skip_locked=True)
        job = ready.first()
        if job is None or not Job.objects.filter(pk=job.pk).claim(worker, until=_lease_end()):
            return None
        job.refresh_from_db()
        return job, worker


def _lease_end() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


def _perform(job: Job, worker: str, kinds: Kinds) -> None:
    kind = kinds.get(job.kind)
    if kind is None:
        return _fail(job, worker, f"There is no kind of job named {job.kind!r}.")
    if job.attempts > MOST_ATTEMPTS:
        return _fail(job, worker, f"No worker came to an end with it in {MOST_ATTEMPTS} attempts.")
    try:
        if kind.outside:
            kind.call(*job.args, idempotency_key=job.key)
            _finish(job, worker)
        else:
            with transaction.atomic():
                # First the finish: it locks the row, so nobody else can do the effect beside us.
                if _finish(job, worker):
                    kind.call(*job.args)
    except PASSING as problem:
        _put_off(job, worker, problem)
    except Exception as problem:
        log.exception("job_failed", job=job.pk, kind=job.kind)
        _fail(job, worker, _said(problem))
    return None


def _finish(job: Job, worker: str) -> bool:
    return bool(Job.objects.filter(pk=job.pk).held_by(worker).update(done_at=timezone.now(), error=""))


def _put_off(job: Job, worker: str, problem: Exception) -> None:
    if job.attempts >= MOST_ATTEMPTS:
        return _fail(job, worker, _said(problem))
    asked = problem.after if isinstance(problem, TryAgain) else None
    due = timezone.now() + max(asked or datetime.timedelta(), delay_after(job.attempts))
    log.info("job_put_off", job=job.pk, kind=job.kind, attempts=job.attempts, problem=type(problem).__name__)
    held = Job.objects.filter(pk=job.pk).held_by(worker)
    held.update(due_at=due, claimed_by="", claimed_until=None, error=_said(problem))
    return None


def delay_after(attempts: int) -> datetime.timedelta:
    """5 s, 15 s, 45 s, … up to an hour."""
    return min(LONGEST_DELAY, FIRST_DELAY * int(3 ** (attempts - 1)))


def _fail(job: Job, worker: str, why: str) -> None:
    log.error("job_given_up", job=job.pk, kind=job.kind, attempts=job.attempts)
    Job.objects.filter(pk=job.pk).held_by(worker).update(failed_at=timezone.now(), error=why)


def _said(problem: Exception) -> str:
    """What the problem says, safe to store: an answer from outside may repeat a key."""
    return make_safe(f"{type(problem).__name__}: {problem}").text[:2000]
