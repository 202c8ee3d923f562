from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tickets.services.key_change import NAMES, IsElsewhere, change_key


class Command(BaseCommand):
    help = "Make a new key of the desk in the data folder; the old one still counts. Restart every process afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(NAMES))

    def handle(self, *args: Any, kind: str, **options: Any) -> None:
        try:
            change_key(kind, by="command line")
        except IsElsewhere as name:
            raise CommandError(
                f"{name} is set in the environment: put a new value there and the old one into {name}_BEFORE."
            ) from name
        self.stdout.write(f"There is a new {kind}. Restart every process, then see `manage.py keys`.")
