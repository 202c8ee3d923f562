"""The supervisor, as a process of its own that is interrupted and killed like the real one."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.plumbing import program, wait_until

pytestmark = pytest.mark.own_folder

SUPERVISOR = """
import sys
from triage.supervise import supervise
note = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n'); time.sleep(60)"
programs = {name: [sys.executable, "-c", note, path] for name, path in zip(("main", "helper"), sys.argv[1:])}
sys.exit(supervise(programs, main="main", when_started=lambda: None))
"""


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def test_an_interrupt_ends_every_program_and_is_no_failure(tmp_path: Path):
    main, helper = tmp_path / "main", tmp_path / "helper"
    with program("-c", SUPERVISOR, str(main), str(helper)) as supervisor:
        wait_until(lambda: pids(main) and pids(helper))
        supervisor.send_signal(signal.SIGINT)

        assert supervisor.wait(10) == 0
    assert not any(map(is_running, pids(main) + pids(helper)))


def test_a_helper_that_died_is_started_again_and_the_main_program_ends_all(tmp_path: Path):
    main, helper = tmp_path / "main", tmp_path / "helper"
    with program("-c", SUPERVISOR, str(main), str(helper)) as supervisor:
        wait_until(lambda: pids(main) and pids(helper))
        os.kill(pids(helper)[0], signal.SIGKILL)
        wait_until(lambda: len(pids(helper)) == 2)
        os.kill(pids(main)[0], signal.SIGTERM)

        assert supervisor.wait(10) != 0
    assert not any(map(is_running, pids(main) + pids(helper)))


def test_programs_do_not_outlive_a_killed_supervisor(tmp_path: Path):
    assert sys.platform == "linux", "the kernel's help is asked for on Linux only"
    main, helper = tmp_path / "main", tmp_path / "helper"
    with program("-c", SUPERVISOR, str(main), str(helper)) as supervisor:
        wait_until(lambda: pids(main) and pids(helper))
        supervisor.kill()
        supervisor.wait(5)

        wait_until(lambda: not any(map(is_running, pids(main) + pids(helper))), seconds=5)
