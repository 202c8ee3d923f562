from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from tickets.services.bundle import public_key
from tickets.services.key_change import seal_anew, standing


class Command(BaseCommand):
    help = "Say how many earlier keys still count and what hangs on them; with --seal-anew, free them of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seal-anew", action="store_true", help="seal with the secret key of now")

    def handle(self, *args: Any, seal_anew: bool, **options: Any) -> None:
        if seal_anew:
            self.stdout.write(f"{_seal_anew()} secrets were sealed anew")
        now = standing()
        self.stdout.write(
            f"secret key: {len(settings.SECRET_KEY_FALLBACKS)} earlier; {now.sealed_before} of {now.sealed} secrets of "
            f"second factors are sealed with another than the key of now, {now.lost} of them open with none"
        )
        self.stdout.write(
            f"pepper: {len(settings.PEPPERS_BEFORE)} earlier; {now.fingerprints_before} of {now.fingerprints} "
            "fingerprints were not made with the pepper of now"
        )
        self.stdout.write(f"signing key: {public_key()}; {len(settings.SIGNED_BEFORE)} earlier published")


def _seal_anew() -> int:
    return seal_anew()
