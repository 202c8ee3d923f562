import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tickets.models import Language, Person, Role


class Command(BaseCommand):
    help = "Make a person of the desk and print a first password, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--language", default=Language.ENGLISH, choices=Language.values)

    def handle(self, *args: Any, email: str, name: str, role: str, language: str, **options: Any) -> None:
        if Person.objects.filter(email__iexact=email).exists():
            raise CommandError(f"There is a person with the address {email} already.")
        password = secrets.token_urlsafe(12)
        Person.objects.create_user(email, password, name=name, role=role, language=language)
        self.stdout.write(f"{email} may sign in with {password}")
