"""The programs that the desk consists of, as they are started."""

import os
import sys

SERVE = [sys.executable, "-m", "gunicorn", "-c", "python:triage.server", "triage.wsgi"]
WORK = [
    *(sys.executable, "-m", "celery", "--quiet", "-A", "triage.celery", "worker"),
    *("--beat", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
]


def become(command: list[str]) -> None:
    """Replace this process, so that signals and service managers meet the program itself."""
    os.execv(command[0], command)  # noqa: S606 # a fixed command of ours


def worker() -> list[str]:
    """A Celery worker with a name of its own, so that many can run on one machine."""
    return [*WORK, "--hostname", f"worker-{os.getpid()}@%h"]
