"""What an admin does with people. Somebody who can manage people is always left."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from tickets.models import AuditEntry, Person, Role

from . import second_factor
from .audit import note


class LastAdmin(Exception):
    """Nobody would be left who could manage people."""


@transaction.atomic
def change_role(person: Person, *, role: str, by: Person) -> None:
    if role == person.role:
        return
    _keep_an_admin(person)
    before, person.role = person.role, role
    person.save(update_fields=["role"])
    second_factor.restate(person)
    note(AuditEntry.Kind.ROLE, by=by, about=person.email, before={"role": before}, after={"role": role})


@transaction.atomic
def retire(person: Person, *, by: Person) -> None:
    """The account is closed and signed out; what the person did stays theirs."""
    _keep_an_admin(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(person)
    note(AuditEntry.Kind.RETIRED, by=by, about=person.email)


@transaction.atomic
def reinstate(person: Person, *, by: Person) -> None:
    person.is_active = True
    person.save(update_fields=["is_active"])
    second_factor.restate(person)
    note(AuditEntry.Kind.REINSTATED, by=by, about=person.email)


@transaction.atomic
def sign_out_everywhere(person: Person, *, by: Person) -> None:
    ended = end_sessions(person)
    note(AuditEntry.Kind.SIGNED_OUT, by=by, about=person.email, before={"sessions": ended})


@transaction.atomic
def remove_factors(person: Person, *, by: Person) -> None:
    """For somebody whose phone and codes are gone. Where the role demands a factor, it is owed again."""
    factors = Authenticator.objects.filter(user=person)
    had = sorted(factors.values_list("type", flat=True))
    factors.delete()
    end_sessions(person)
    note(AuditEntry.Kind.FACTORS_REMOVED, by=by, about=person.email, before={"factors": had})


def end_sessions(person: Person) -> int:
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)


def _keep_an_admin(person: Person) -> None:
    admins = Person.objects.select_for_update().filter(role=Role.ADMIN, is_active=True)
    if person.role == Role.ADMIN and person.is_active and {each.pk for each in admins} <= {person.pk}:
        raise LastAdmin
