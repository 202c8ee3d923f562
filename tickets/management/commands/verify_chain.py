from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from tickets.models import Anchor, Ticket
from tickets.services.anchor_check import NoCopy, held_by, read_copy, verify_anchors
from tickets.services.chain import verify_all


class Command(BaseCommand):
    help = (
        "Check the evidence chain of every ticket, or of one, also against the daily anchors; name the first entry "
        "of each that does not fit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", type=int, help="only this ticket")
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="FILE",
            help="check against this copy of an anchor too, kept elsewhere; may be given several times",
        )

    @no_translations  # programs read it
    def handle(self, *args: Any, number: int | None, anchor: list[str], **options: Any) -> None:
        try:
            copies = [read_copy(path) for path in anchor]
        except NoCopy as problem:
            raise CommandError(str(problem)) from problem
        if number is not None and not Ticket.objects.filter(pk=number).exists():
            raise CommandError(f"There is no ticket {number}.")
        held = {ticket: of for ticket, of in held_by(copies).items() if number in (None, ticket)}
        anchors = list(verify_anchors(copies))
        breaks = list(verify_all(held, first=number or 0, last=number))
        count = Ticket.objects.count() if number is None else 1
        for broken in anchors:
            self.stdout.write(f"anchor {broken.number}: {broken.problem}")
        for found in breaks:
            self.stdout.write(f"ticket {found.ticket}, entry {found.position}: {found.problem}")
        if anchors or breaks:
            self.stderr.write(f"{len(breaks)} of {count} chains are broken, {len(anchors)} anchors")
            raise SystemExit(1)
        self.stdout.write(f"{count} chains are whole, {Anchor.objects.count()} anchors hold them")
