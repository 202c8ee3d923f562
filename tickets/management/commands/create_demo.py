from typing import Any

from django.core.management.base import BaseCommand

from tickets.services.demo import create_demo


class Command(BaseCommand):
    help = "Make demo people and tickets where nobody is there yet; print the passwords, this once."

    def handle(self, *args: Any, **options: Any) -> None:
        passwords = create_demo()
        if not passwords:
            self.stdout.write("There are people already; no demo was made.")
            return
        self.stdout.write("Demo people (these passwords are shown only now):")
        for email, password in passwords.items():
            self.stdout.write(f"  {email:<28} {password}")
