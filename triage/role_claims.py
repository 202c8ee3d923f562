"""Which value of an OpenID claim stands for which role."""

from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

ROLES = ("agent", "engineer", "billing", "admin")


def roles_in(name: str, written: Iterable[str]) -> list[tuple[str, str]]:
    """`admin=desk-admins` pairs, in order. Raises where a role does not exist."""
    pairs = []
    for each in written:
        role, _, value = (part.strip() for part in each.partition("="))
        if role not in ROLES or not value:
            raise ImproperlyConfigured(f"{name} must look like admin=desk-admins,agent=support.")
        pairs.append((role, value))
    return pairs
