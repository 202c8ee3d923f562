"""A real worker of the product, whose only kind of job is slow enough to be killed in the middle."""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "triage.settings")
django.setup()

from django.conf import settings  # noqa: E402

from tickets import tasks  # noqa: E402
from tickets.models import Account  # noqa: E402
from tickets.services.outbox import Kind  # noqa: E402
from triage.celery import app  # noqa: E402
from triage.programs import WORK  # noqa: E402


def open_account_slowly(name: str) -> None:
    Account.objects.create(name=name)
    time.sleep(0.04)


tasks.KINDS = {"open_account_slowly": Kind(open_account_slowly)}

if __name__ == "__main__":
    if settings.REDIS_URL:
        app.worker_main(WORK[WORK.index("worker") :])
    else:
        from tickets.worker import OutboxThread  # reads the kinds

        OutboxThread().run()
