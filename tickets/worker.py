import threading

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections

from tickets.services import outbox
from tickets.tasks import KINDS, make_rounds

log = structlog.get_logger(__name__)


class OutboxThread(threading.Thread):
    """Works off the outbox in this process: woken by `outbox.add`, and looks by itself every few seconds.

    Start it after a fork, never before. `run` may also be called directly, to work in the main thread.
    """

    def __init__(self) -> None:
        super().__init__(name="outbox", daemon=True)
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                make_rounds()
                outbox.sweep(KINDS, stop=self._stopping.is_set)
            except DatabaseError as problem:
                log.warning("database_is_away", problem=type(problem).__name__)
            finally:
                close_old_connections()
            outbox.work_waits.wait(settings.OUTBOX_SWEEP_SECONDS)
            outbox.work_waits.clear()

    def stop(self, timeout: float | None = None) -> None:
        """Ask it to end after the job in hand, and wait for that if it runs as a thread."""
        self._stopping.set()
        outbox.work_waits.set()
        if self.is_alive():
            self.join(timeout)
