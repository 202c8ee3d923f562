"""Narrow keys for machines."""

import secrets
import string
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tickets.models import ApiToken, AuditEntry, Person
from tickets.models.token import ApiTokenQuerySet

from .audit import note

PREFIX = "tdk_"
# Letters and digits alone: no end of a secret is taken for an option by a command, and a double click takes it whole.
ALPHABET = string.ascii_letters + string.digits
SECRET_LENGTH = 43  # of 62 characters: 256 bits
USE_NOTED_EVERY = timedelta(minutes=5)


def create_token(
    *, name: str, scopes: list[str], owner: Person | None = None, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its secret. The secret is shown this once; only its digest is kept."""
    secret = PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))
    token = ApiToken.objects.create(
        name=name,
        digest=ApiToken.digest_of(secret),
        last_four=secret[-4:],
        scopes=scopes,
        owner=owner,
        expires_at=expires_at,
    )
    note(AuditEntry.Kind.TOKEN, by=owner or "command line", about=name, after={"scopes": scopes})
    return token, secret


@transaction.atomic
def revoke_tokens(tokens: ApiTokenQuerySet, *, by: Person | str) -> int:
    """They open nothing any more; how many did until now."""
    live = list(tokens.filter(revoked_at=None).select_for_update())
    for token in live:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        note(AuditEntry.Kind.TOKEN_REVOKED, by=by, about=token.name, before={"scopes": token.scopes})
    return len(live)


def token_for(secret: str) -> ApiToken | None:
    """The live token with this secret. Its last use is noted, at most once in five minutes."""
    now = timezone.now()
    token = ApiToken.objects.matching(secret).filter(Q(expires_at=None) | Q(expires_at__gt=now)).first()
    if token is not None and (token.last_used_at is None or now - token.last_used_at > USE_NOTED_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
