from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from tickets.models import Job
from tickets.services import outbox


class Command(BaseCommand):
    help = "Show how much work waits, and each job that was given up, with its last error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--try-again", action="store_true", help="open the jobs that were given up anew")

    def handle(self, *args: Any, try_again: bool, **options: Any) -> None:
        failed = Job.objects.failed().order_by("failed_at", "pk")
        for job in failed.iterator():
            opened = " → opened anew" if try_again and outbox.try_again(job) else ""
            self.stdout.write(f"{job.pk}\t{job.failed_at:%F %R}\t{job}\t{job.error.splitlines()[0]}{opened}")
        self.stdout.write(f"{Job.objects.open().count()} waiting, {failed.count()} given up.")
