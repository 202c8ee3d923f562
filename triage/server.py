"""gunicorn's configuration: gunicorn -c python:triage.server triage.wsgi"""

import gc
import os
from typing import Any

from django.conf import settings
from django.utils.log import configure_logging
from gunicorn.glogging import Logger

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "triage.settings")


class OurLogger(Logger):
    """gunicorn's own lines go where ours go, so that they are redacted too."""

    def setup(self, cfg: Any) -> None:
        configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
        self.error_log.propagate = self.access_log.propagate = True


bind = f"{settings.HOST}:{settings.PORT}"
workers = settings.WEB_PROCESSES
worker_class = "gthread"
threads = settings.WEB_THREADS
timeout = 60
graceful_timeout = 8
accesslog = None  # paths hold the keys of follow-up pages
logger_class = OurLogger
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Runs in each web process after the fork: without Redis, its worker thread starts here."""
    collect_less()
    if settings.REDIS_URL:
        return
    from tickets.worker import OutboxThread  # needs Django, which is set up only now

    worker.outbox_thread = OutboxThread()
    worker.outbox_thread.start()


def collect_less() -> None:
    """A batch of failures makes thousands of objects that die by themselves: looking through them and through all that
    is loaded again and again took a fifth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def worker_exit(server: Any, worker: Any) -> None:
    if thread := getattr(worker, "outbox_thread", None):
        thread.stop(timeout=5)
