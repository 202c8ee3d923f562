"""The person behind what an OpenID provider tells. The provider's word on the role wins at every sign-in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tickets.models import AuditEntry, Language, Person

from . import second_factor
from .audit import note

ACTOR = "single sign-on"


class Refused(Exception):
    """Nobody comes in; the message says why."""


@transaction.atomic
def person_for(claims: Mapping[str, Any], *, role: str, known: Person | None) -> Person:
    """`known` is who came with this account of the provider before."""
    if not role:
        raise Refused(_("Your account there stands for no role here. Ask an admin of the desk."))
    person = known or _by_address(claims)
    if person is None:
        return _made(claims, role)
    if not person.is_active:
        raise Refused(_("Your account here is closed. Ask an admin of the desk."))
    if person.role != role:
        before, person.role = person.role, role
        person.save(update_fields=["role"])
        second_factor.restate(person)
        note(
            AuditEntry.Kind.ROLE, by=ACTOR, about=person.email, before={"role": before}, after={"role": role}
        )
    return person


def _by_address(claims: Mapping[str, Any]) -> Person | None:
    """Only an address that the provider vouches for opens an account that is there already."""
    email = str(claims.get("email", ""))
    if not email or claims.get("email_verified") is not True:
        raise Refused(_("Your account there has no confirmed e-mail address."))
    return Person.objects.filter(email__iexact=email).first()


def _made(claims: Mapping[str, Any], role: str) -> Person:
    email = str(claims["email"])
    name = str(claims.get("name") or email.partition("@")[0])[:120]
    chinese = str(claims.get("locale", "")).lower().startswith("zh")
    language = Language.CHINESE if chinese else Language.ENGLISH
    person = Person.objects.create_user(email, None, name=name, role=role, language=language)
    second_factor.restate(person)
    note(AuditEntry.Kind.JOINED, by=ACTOR, about=email, after={"role": role})
    return person
