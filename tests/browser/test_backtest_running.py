"""A back-test of thousands of tickets as a Celery worker does it: watched, cancelled, and carried on by another."""

import subprocess
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.factories import make_admin, make_ticket
from tests.performance import texts
from tests.plumbing import kill_group, product_environment, program, wait_until
from tests.tickets.services.rule.test_set import OWN, TEAPOT, keep_own
from tickets.models import Backtest, Job, Ticket, Verdict
from tickets.services.rule.drafting import begin_draft
from tickets.services.second_judge import cores
from triage.programs import WORK

pytestmark = [pytest.mark.real_queue, pytest.mark.usefixtures("replies")]
KINDS, COPIES = 24, 600
SOON = {"OUTBOX_LEASE_SECONDS": "20", "OUTBOX_SWEEP_SECONDS": "1"}
A_WHILE = 120_000  # milliseconds, on a busy machine


@pytest.fixture
def waiting(open_page: NewPage) -> Page:
    """The page of a draft that changes much, beside thousands of tickets."""
    author = make_admin(name="Ana Petrov")
    for at in range(KINDS):
        make_ticket(texts.text(300, seed=7_000 + at) + (TEAPOT if at % 3 == 0 else ""))
    copy_tickets(COPIES)
    draft = begin_draft(by=author)
    keep_own(draft, author, OWN.replace("matches: 'teapot'", "matches: 'teapot|overloaded|invalid|error'"))
    page = open_page(author)
    page.goto(f"/curation/rules/sets/{draft.number}/")
    return page


@pytest.fixture
def worker() -> Iterator["subprocess.Popen[bytes]"]:
    with program(*WORK[1:], env=product_environment(**SOON)) as worker:
        yield worker


def copy_tickets(copies: int) -> None:
    """Rows straight from rows: as many tickets as back-tests are for, within seconds."""
    number = f"(SELECT max(number) FROM tickets_ticket) + (copy - 1) * {KINDS} + place"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE copied AS SELECT old, {number} AS new "
            "FROM (SELECT number AS old, row_number() OVER (ORDER BY number) AS place FROM tickets_ticket) AS p, "
            f"generate_series(1, {copies}) AS copy"
        )
        cursor.execute(copying(Ticket, "number", {"number": "new", "follow_up_token": "'copy-' || new"}))
        cursor.execute(copying(Verdict, "ticket_id", {"ticket_id": "new"}))
        cursor.execute("DROP TABLE copied")
        cursor.execute("ANALYZE tickets_ticket, tickets_verdict")


def copying(model: type[Ticket | Verdict], old: str, changed: dict[str, str]) -> str:
    table = model._meta.db_table
    columns = [str(field.column) for field in model._meta.concrete_fields if field.column != "id"]
    values = ", ".join(changed.get(column, f'{table}."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} JOIN copied ON old = {old}"


def begin(page: Page) -> Backtest:
    page.get_by_role("button", name="Try it on past tickets").click()
    expect(page.locator("#progress")).to_be_visible()
    return Backtest.objects.get()


def wait_for_more_than(page: Page, done: float) -> float:
    """What the bar shows, once it shows more."""
    page.wait_for_function(
        "done => document.querySelector('progress').value > done", arg=done, timeout=A_WHILE
    )
    return float(page.locator("progress").evaluate("bar => bar.value"))


def second_processes(worker: "subprocess.Popen[bytes]") -> list[int]:
    """Those that processes of the worker have started and that live."""
    listed = subprocess.run(
        ["ps", "-ww", "-A", "-o", "pid=,ppid=,pgid=,stat=,args="], check=True, capture_output=True, text=True
    )
    rows = [line.split(maxsplit=4) for line in listed.stdout.splitlines()]
    own = {row[0] for row in rows if row[2] == str(worker.pid)}
    return [
        int(row[0])
        for row in rows
        if row[1] in own and "triage.second_judge" in row[-1] and not row[3].startswith("Z")
    ]


def alive(pids: list[int]) -> list[str]:
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=", "-p", ",".join(map(str, pids))], capture_output=True, text=True
    )
    return [line for line in listed.stdout.splitlines() if " Z" not in line]


@pytest.mark.skipif(cores() < 2, reason="the second process is for a second core")
def test_its_bar_moves_and_cancelling_ends_it_and_its_second_process(
    waiting: Page, worker: "subprocess.Popen[bytes]"
):
    test = begin(waiting)
    shown = wait_for_more_than(waiting, 0)
    wait_until(lambda: second_processes(worker))
    assert 0 < shown < wait_for_more_than(waiting, shown) < test.total

    waiting.get_by_role("button", name="Cancel").click()

    expect(waiting.get_by_text("Cancelled after")).to_be_visible()
    wait_until(lambda: not second_processes(worker))
    wait_until(lambda: not Job.objects.open().filter(kind="backtest").exists())
    test.refresh_from_db()
    assert test.state == "cancelled"
    assert 0 < test.done < test.total == KINDS * (COPIES + 1)


@pytest.mark.skipif(cores() < 2, reason="the second process is for a second core")
def test_a_killed_worker_takes_its_second_process_along_and_another_finishes(
    waiting: Page, worker: "subprocess.Popen[bytes]"
):
    test = begin(waiting)
    wait_for_more_than(waiting, 0)
    wait_until(lambda: second_processes(worker))
    seconds = second_processes(worker)
    kill_group(worker)

    wait_until(lambda: not alive(seconds))
    Job.objects.open().update(claimed_until=None, claimed_by="")  # its lease would last some seconds more
    with program(*WORK[1:], env=product_environment(**SOON)) as other:
        expect(waiting.get_by_text("Agrees with people")).to_be_visible(timeout=A_WHILE)
        wait_until(lambda: not second_processes(other))
    test.refresh_from_db()
    assert (test.state, test.done) == ("done", KINDS * (COPIES + 1))
    assert test.flips == test.flipped.count() > COPIES
