from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tickets.services.demo import create_demo, retire_demo


class Command(BaseCommand):
    help = "Make demo people and tickets where nobody is there yet; print the passwords, this once."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retire", action="store_true", help="let no demo person sign in any more")

    def handle(self, *args: Any, retire: bool, **options: Any) -> None:
        if retire:
            self.stdout.write(f"Demo people who may not sign in any more: {retire_demo()}")
            return
        passwords = create_demo()
        if not passwords:
            self.stdout.write("There are people already; no demo was made.")
            return
        self.stdout.write("Demo people (these passwords are shown only now):")
        for email, password in passwords.items():
            self.stdout.write(f"  {email:<28} {password}")
