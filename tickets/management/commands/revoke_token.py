from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from tickets.models import ApiToken
from tickets.services.token import revoke_tokens


class Command(BaseCommand):
    help = "Revoke an API token, named by its name or its last four characters."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "which",
            help="name, or the last four characters of the secret (-- goes before one with a minus in front)",
        )

    def handle(self, *args: Any, which: str, **options: Any) -> None:
        ended = revoke_tokens(ApiToken.objects.filter(Q(name=which) | Q(last_four=which)), by="command line")
        if not ended:
            raise CommandError(f"No live token is called {which} or ends in it.")
        self.stdout.write(f"{ended} revoked")
