"""What the library tells of signing in, for the record."""

from typing import Any

from allauth.mfa.models import Authenticator

from tickets.models import AuditEntry, Person

from .audit import note


def signed_in(sender: object, user: Person, **more: Any) -> None:
    note(AuditEntry.Kind.SIGNED_IN, by=user, about=user.email)


def password_changed(sender: object, user: Person, **more: Any) -> None:
    note(AuditEntry.Kind.PASSWORD, by=user, about=user.email)


def factor_added(sender: object, user: Person, authenticator: Authenticator, **more: Any) -> None:
    note(AuditEntry.Kind.FACTOR_ADDED, by=user, about=user.email, after={"factor": authenticator.type})


def factor_removed(sender: object, user: Person, authenticator: Authenticator, **more: Any) -> None:
    note(AuditEntry.Kind.FACTOR_REMOVED, by=user, about=user.email, before={"factor": authenticator.type})
