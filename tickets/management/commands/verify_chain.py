from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tickets.models import Ticket
from tickets.services.event import verify, verify_all


class Command(BaseCommand):
    help = (
        "Check the evidence chain of every ticket, or of one; name the first entry of each that does not fit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", type=int, help="only this ticket")

    def handle(self, *args: Any, number: int | None, **options: Any) -> None:
        if number is not None:
            found = verify(Ticket.objects.get(pk=number))
            breaks, count = ([found] if found else []), 1
        else:
            breaks, count = list(verify_all()), Ticket.objects.count()
        for found in breaks:
            self.stdout.write(f"ticket {found.ticket}, entry {found.position}: {found.problem}")
        if breaks:
            self.stderr.write(f"{len(breaks)} of {count} chains are broken")
            raise SystemExit(1)
        self.stdout.write(f"{count} chains are whole")
