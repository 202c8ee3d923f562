"""Celery only carries wake-ups; the work itself is in the outbox table, so a lost message loses nothing."""

import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "triage.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # a worker needs no pages, so it need not load them

app = Celery("triage")
app.conf.update(
    broker_url=settings.REDIS_URL or "memory://",
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "global_keyprefix": f"{settings.REDIS_PREFIX}:",
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
    },
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=300,
    worker_prefetch_multiplier=1,
    worker_concurrency=settings.WORKER_PROCESSES,
    worker_consumer="triage.consumer:Consumer",
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    beat_schedule={
        "sweep": {
            "task": "tickets.sweep",
            "schedule": settings.OUTBOX_SWEEP_SECONDS,
            "options": {"expires": settings.OUTBOX_SWEEP_SECONDS * 2},
        }
    },
    # Every worker may carry its own beat: a sweep done twice finds nothing the second time.
    beat_scheduler="celery.beat.Scheduler",
)
app.autodiscover_tasks(["tickets"])


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """Celery leaves the logging alone when somebody listens here: ours redacts."""
