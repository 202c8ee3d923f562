from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand
from django.db import transaction
from django.db.models import BigAutoField

from tickets.models import Ticket
from tickets.services.search.index import index_many

BATCH = 500
LARGEST = BigAutoField.MAX_BIGINT


class Command(BaseCommand):
    help = "Write the search entries of all tickets anew, the newest first, in batches. May run while people work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only tickets that have no entry")

    def handle(self, *args: Any, missing: bool, verbosity: int, **options: Any) -> None:
        done, last = 0, LARGEST
        tickets = Ticket.objects.filter(search_doc=None) if missing else Ticket.objects.all()
        while numbers := _next(tickets, last):
            with transaction.atomic():
                index_many(_held(numbers))
            done, last = done + len(numbers), numbers[-1]
        if verbosity:
            self.stdout.write(f"{done} tickets indexed.")


def _next(tickets: Any, below: int) -> list[int]:
    return list(tickets.filter(pk__lt=below).order_by("-pk").values_list("pk", flat=True)[:BATCH])


def _held(numbers: list[int]) -> list[int]:
    """The same tickets, held so that no change of them is overtaken by what was read before it."""
    held = Ticket.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    return list(held.values_list("pk", flat=True))
