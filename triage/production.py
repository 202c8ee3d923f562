"""What a desk that others can reach does not start with."""

import ipaddress
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 32
FEWEST_LETTERS = 10  # different ones; a typed-in "xxxxxxxx…" has fewer
WELL_KNOWN = ("insecure", "changeme", "change-me", "change_me", "example", "dummy", "password", "secret-key")


def is_public(address: str) -> bool:
    """Whether people on other machines reach the desk under this address."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


def refuse_unfit(*, debug: bool, demo: bool, secrets: dict[str, str]) -> None:
    """Raises with one sentence that says what to change."""
    if debug:
        raise ImproperlyConfigured("DEBUG shows settings to visitors. It works on a loopback address only.")
    if demo:
        raise ImproperlyConfigured(
            "DEMO makes people with printed passwords. It works on a loopback address only."
        )
    for name, secret in secrets.items():
        if problem := _weakness(secret):
            raise ImproperlyConfigured(f"{name} {problem}. Leave it unset, and a good one is made and kept.")


def _weakness(secret: str) -> str:
    if len(secret) < SHORTEST_SECRET:
        return f"has fewer than {SHORTEST_SECRET} characters"
    if len(set(secret)) < FEWEST_LETTERS:
        return "repeats the same few characters"
    if any(word in secret.lower() for word in WELL_KNOWN):
        return "looks like the sample of some manual"
    return ""
