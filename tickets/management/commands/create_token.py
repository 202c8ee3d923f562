from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tickets.models import Scope
from tickets.services.token import create_token


class Command(BaseCommand):
    help = "Make an API token and print its secret, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scope", action="append", required=True, choices=Scope.values, dest="scopes")
        parser.add_argument("--name", default="command line")
        parser.add_argument("--days", type=int, help="ends by itself after so many days")

    def handle(self, *args: Any, scopes: list[str], name: str, days: int | None, **options: Any) -> None:
        expires_at = timezone.now() + timedelta(days=days) if days else None
        _, secret = create_token(name=name, scopes=scopes, expires_at=expires_at)
        self.stdout.write(secret)
