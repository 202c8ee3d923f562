"""Changing the desk's own keys: a new one in the data folder, the old one kept beside it while it still counts.

What hangs on which: docs/operations.md, "Changing the keys".
"""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from tickets.models import AuditEntry, KeyRecord
from triage import environment
from triage.sealed import is_of_today, seal, unseal
from triage.second_factor import PURPOSE

from .account import pepper_name
from .audit import note
from .bundle import public_key

NAMES = {
    "secret-key": "TRIAGE_SECRET_KEY",
    "pepper": "TRIAGE_PEPPER",
    "signing-key": "TRIAGE_SIGNING_KEY",
}
SEALED = ("secret", "seed")  # in the data of a second factor


class IsElsewhere(Exception):
    """The key comes from the environment: whoever set it there changes it there. The message names the variable."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What still hangs on earlier keys. `lost` is sealed by a key that nobody named."""

    sealed: int
    sealed_before: int
    lost: int
    fingerprints: int
    fingerprints_before: int


def change_key(kind: str, *, by: str) -> None:
    """Counts from the next start of each process on. Whoever is killed in between leaves the old key in force."""
    name, path = NAMES[kind], Path(settings.DATA_DIR) / kind
    if environment.text(name) or environment.text(f"{name}_FILE"):
        raise IsElsewhere(name)
    old = path.read_text(encoding="utf-8").strip()
    before = environment.earlier_file(path)
    lines = before.read_text(encoding="utf-8").splitlines() if before.exists() else []
    kept = public_key() if kind == "signing-key" else old  # the secret that signed is needed no more
    _write(before, "\n".join(dict.fromkeys([kept, *lines])))
    _write(path, secrets.token_urlsafe(48))
    note(AuditEntry.Kind.KEYS, by=by, about=kind, after={"earlier ones": len(dict.fromkeys([kept, *lines]))})


def standing() -> Standing:
    sealed = [value for factor in Authenticator.objects.all() for value in _sealed_in(factor).values()]
    before = [value for value in sealed if not is_of_today(value, purpose=PURPOSE)]
    keys = KeyRecord.objects.all()
    return Standing(
        len(sealed),
        len(before),
        sum(unseal(value, purpose=PURPOSE) is None for value in before),
        keys.count(),
        keys.exclude(made_with=pepper_name()).count(),
    )


def seal_anew() -> int:
    """Everything that an earlier secret key sealed, with the one of now. Safe to run twice; how many were changed."""
    changed = 0
    for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().get(pk=number)
            opened = {
                place: unseal(value, purpose=PURPOSE)
                for place, value in _sealed_in(factor).items()
                if not is_of_today(value, purpose=PURPOSE)
            }
            fresh = {place: seal(text, purpose=PURPOSE) for place, text in opened.items() if text is not None}
            if fresh:
                factor.data = {**factor.data, **fresh}
                factor.save(update_fields=["data"])
                changed += len(fresh)
    return changed


def _sealed_in(factor: Authenticator) -> dict[str, Any]:
    return {place: factor.data[place] for place in SEALED if isinstance(factor.data.get(place), str)}


def _write(path: Path, content: str) -> None:
    """Readable by its owner only; whole or as it was."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(content + "\n", encoding="utf-8")
    draft.replace(path)
