"""The outbox, on whichever database the run has. Kinds of jobs here are small tables made for each test."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from tickets.models import Account, Job
from tickets.models.outbox import MOST_ATTEMPTS
from tickets.services import outbox
from tickets.services.outbox import Kind, TryAgain


def make_due_again(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - datetime.timedelta(seconds=1))


def open_account(name: str) -> None:
    Account.objects.create(name=name)


def raising(problem: Exception) -> Callable[..., None]:
    def effect(*_: object, **__: object) -> None:
        raise problem

    return effect


def names() -> list[str]:
    return list(Account.objects.order_by("pk").values_list("name", flat=True))


def test_a_job_is_forgotten_with_the_transaction_that_asked_for_it(transactional_db: None) -> None:
    def asks_and_breaks() -> None:
        with transaction.atomic():
            outbox.add("open_account", "Acme")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asks_and_breaks()

    assert Job.objects.count() == 0


def test_workers_are_woken_after_the_commit_and_not_before(transactional_db: None) -> None:
    outbox.work_waits.clear()
    with transaction.atomic():
        outbox.add("open_account", "Acme")
        assert not outbox.work_waits.is_set()

    assert outbox.work_waits.is_set()


def test_the_same_key_asks_for_the_same_job(db: None) -> None:
    first = outbox.add("open_account", "Acme", key="acme")

    assert outbox.add("open_account", "Acme", key="acme") == first
    assert Job.objects.count() == 1


def test_a_record_is_passed_by_its_primary_key(db: None) -> None:
    account = Account.objects.create(name="Acme")

    assert outbox.add("greet", account, "warmly").args == [account.pk, "warmly"]


def test_jobs_are_done_once_and_oldest_first(transactional_db: None) -> None:
    kinds = {"open_account": Kind(open_account)}
    for name in ("first", "second"):
        outbox.add("open_account", name)

    assert (outbox.drain(kinds), outbox.drain(kinds)) == (2, 0)
    assert names() == ["first", "second"]
    assert [job.is_open for job in Job.objects.all()] == [False, False]


def test_a_job_waits_until_it_is_due(transactional_db: None) -> None:
    kinds = {"open_account": Kind(open_account)}
    job = outbox.add("open_account", "Acme", due=timezone.now() + datetime.timedelta(hours=1))

    assert (outbox.run(job.pk, kinds), outbox.drain(kinds)) == (False, 0)
    make_due_again(job)
    assert outbox.run(job.pk, kinds)


def test_work_inside_is_undone_when_it_fails_half_way(transactional_db: None) -> None:
    def opens_and_breaks(name: str) -> None:
        open_account(name)
        raise ValueError("no such plan")

    job = outbox.add("break", "Acme")
    outbox.drain({"break": Kind(opens_and_breaks)})

    job.refresh_from_db()
    assert names() == []
    assert job.failed_at is not None
    assert job.error == "ValueError: no such plan"


@pytest.mark.parametrize(
    "problem",
    [TryAgain("busy"), OperationalError("gone"), ConnectionResetError("hung up"), TimeoutError("slow")],
    ids=lambda problem: type(problem).__name__,
)
@pytest.mark.parametrize("outside", [False, True])
def test_what_time_may_heal_is_tried_again_later(
    transactional_db: None, problem: Exception, outside: bool
) -> None:
    job = outbox.add("flaky")
    outbox.drain({"flaky": Kind(raising(problem), outside=outside)})

    job.refresh_from_db()
    assert job.is_open
    assert job.attempts == 1
    assert job.due_at > timezone.now()
    make_due_again(job)
    assert outbox.drain({"flaky": Kind(lambda **_: None, outside=outside)}) == 1


def test_delays_grow_up_to_an_hour() -> None:
    seconds = [outbox.delay_after(attempts).total_seconds() for attempts in range(1, MOST_ATTEMPTS)]

    assert seconds == [5, 15, 45, 135, 405, 1215, 3600]


def test_a_receiver_that_asks_for_more_time_gets_it(transactional_db: None) -> None:
    job = outbox.add("flaky")
    later = TryAgain("429", after=datetime.timedelta(minutes=10))
    outbox.drain({"flaky": Kind(raising(later), outside=True)})

    job.refresh_from_db()
    assert job.due_at > timezone.now() + datetime.timedelta(minutes=9)


def test_a_job_that_keeps_failing_is_given_up_and_seen(transactional_db: None) -> None:
    kinds = {"flaky": Kind(raising(TryAgain("busy")))}
    job = outbox.add("flaky")
    for _ in range(MOST_ATTEMPTS):
        make_due_again(job)
        outbox.drain(kinds)

    assert [failed.error for failed in Job.objects.failed()] == ["TryAgain: busy"]
    make_due_again(job)
    assert outbox.drain(kinds) == 0


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(transactional_db: None) -> None:
    job = outbox.add("deadly")
    Job.objects.filter(pk=job.pk).update(attempts=MOST_ATTEMPTS, claimed_until=timezone.now())
    outbox.drain({"deadly": Kind(open_account)})

    assert [failed.pk for failed in Job.objects.failed()] == [job.pk]


def test_a_job_of_unknown_kind_fails_in_plain_words(transactional_db: None) -> None:
    outbox.add("dance")
    outbox.drain({})

    assert [job.error for job in Job.objects.failed()] == ["There is no kind of job named 'dance'."]


def test_a_failed_job_can_be_opened_anew(transactional_db: None) -> None:
    job = outbox.add("open_account", "Acme")
    outbox.drain({"open_account": Kind(raising(ValueError()))})

    assert outbox.try_again(job)
    assert outbox.drain({"open_account": Kind(open_account)}) == 1
    assert names() == ["Acme"]
    assert not outbox.try_again(job)


def test_an_error_that_repeats_a_key_is_stored_without_it(transactional_db: None) -> None:
    key = "sk-" + "proj" + "-" + "a1B2" * 12
    outbox.add("leak")
    outbox.drain({"leak": Kind(raising(ValueError(f"Incorrect API key provided: {key}")))})

    assert key not in Job.objects.get().error


def test_outside_work_gets_the_key_and_runs_in_no_transaction(transactional_db: None) -> None:
    seen: list[tuple[str, bool]] = []

    def call_out(*, idempotency_key: str) -> None:
        seen.append((idempotency_key, connection.in_atomic_block))

    outbox.add("call_out", key="hook-7")
    outbox.drain({"call_out": Kind(call_out, outside=True)})

    assert seen == [("hook-7", False)]


def test_a_dropped_job_is_taken_over_when_its_lease_is_over(transactional_db: None) -> None:
    kinds = {"open_account": Kind(open_account)}
    job = outbox.add("open_account", "Acme")
    ahead = timezone.now() + datetime.timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).claim("a worker that died", until=ahead)
    assert outbox.sweep(kinds) == 0

    Job.objects.filter(pk=job.pk).update(claimed_until=timezone.now())
    assert outbox.sweep(kinds) == 1


def test_a_worker_that_lost_its_lease_changes_nothing(transactional_db: None) -> None:
    job = outbox.add("slow")

    def somebody_else_takes_over(*_: object) -> None:
        Job.objects.filter(pk=job.pk).update(claimed_by="somebody else")

    def slow(*, idempotency_key: str) -> None:
        somebody_else_takes_over()
        raise ValueError("too late")

    outbox.drain({"slow": Kind(slow, outside=True)})

    job.refresh_from_db()
    assert job.is_open
    assert job.claimed_by == "somebody else"


def test_two_threads_that_claim_at_once_give_one_effect_each(transactional_db: None) -> None:
    kinds = {"open_account": Kind(open_account)}
    expected = [f"account {number}" for number in range(40)]
    jobs = [outbox.add("open_account", name) for name in expected]
    start = threading.Barrier(4)

    def work(do: Callable[[], object]) -> None:
        try:
            start.wait()
            do()
        finally:
            connection.close()

    def run_each() -> None:
        for job in jobs:
            outbox.run(job.pk, kinds)

    def drain() -> None:
        outbox.drain(kinds)

    threads = [threading.Thread(target=work, args=[do]) for do in (run_each, run_each, drain, drain)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outbox.drain(kinds)

    assert sorted(names()) == sorted(expected)


def test_jobs_done_long_ago_are_forgotten(transactional_db: None) -> None:
    for name in ("old", "new"):
        outbox.add("open_account", name)
    outbox.drain({"open_account": Kind(open_account)})
    Job.objects.filter(args=["old"]).update(done_at=timezone.now() - outbox.DONE_JOBS_KEPT)
    outbox.sweep({})

    assert [job.args for job in Job.objects.all()] == [["new"]]
