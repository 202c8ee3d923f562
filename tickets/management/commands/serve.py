from typing import Any

from django.core.management import BaseCommand

from triage.programs import SERVE, become


class Command(BaseCommand):
    help = "Serve the pages and the API. Without REDIS_URL this process also works off the outbox."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        become(SERVE)
