import signal
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from tickets.worker import OutboxThread
from triage.programs import become, worker


class Command(BaseCommand):
    help = "Work off the outbox until stopped: as a Celery worker with REDIS_URL, by polling without it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.REDIS_URL:
            become(worker())
        outbox = OutboxThread()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: outbox.stop())
        outbox.run()
