"""Which roles need a second factor, and who still owes one.

What a person owes is kept on the person, so that no page of the desk has to ask for it.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from tickets.models import AuditEntry, Person, Role, SecondFactorDemand

from .audit import note

COUNTING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def demanded_roles() -> set[str]:
    return set(SecondFactorDemand.objects.values_list("role", flat=True))


@transaction.atomic
def demand(roles: set[Role], *, by: Person) -> None:
    """From now on these roles need one, and no others."""
    before = demanded_roles()
    SecondFactorDemand.objects.exclude(role__in=roles).delete()
    for role in sorted(roles - before):
        SecondFactorDemand.objects.create(role=role, by=by)
    having = Authenticator.objects.filter(type__in=COUNTING).values("user")
    Person.objects.update(owes_second_factor=False)
    Person.objects.filter(role__in=roles).exclude(pk__in=having).update(owes_second_factor=True)
    note(
        AuditEntry.Kind.FACTORS_DEMANDED,
        by=by,
        before={"roles": sorted(before)},
        after={"roles": sorted(roles)},
    )


def restate(person: Person) -> None:
    """After a change of role or factors."""
    has = Authenticator.objects.filter(user=person, type__in=COUNTING).exists()
    person.owes_second_factor = not has and person.role in demanded_roles()
    person.save(update_fields=["owes_second_factor"])


def factors_changed(sender: object, instance: Authenticator, **more: Any) -> None:
    """What happens, in the same transaction, when an app or key comes or goes."""
    if more.get("created") is False:
        return  # it was only used
    person = Person.objects.filter(pk=instance.user_id).first()  # none while the person is deleted
    if person is not None:
        restate(person)
