from contextlib import suppress
from typing import Any

from django.core.management import BaseCommand
from django.db import DatabaseError, connections

from tickets.services.demo import refuse_demo_people
from triage.programs import SERVE, become


class Command(BaseCommand):
    help = "Serve the pages and the API. Without REDIS_URL this process also works off the outbox."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        with suppress(DatabaseError):  # a database that is away for a moment is no reason to stay down
            refuse_demo_people()
        connections.close_all()
        become(SERVE)
