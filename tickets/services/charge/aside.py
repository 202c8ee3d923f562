"""Setting a charge aside for which nothing is due, and taking it up again."""

from django.db import transaction

from tickets.models import AuditEntry, Charge, Person
from tickets.services.audit import note


class Decided(Exception):
    """Somebody has decided otherwise meanwhile."""


@transaction.atomic
def set_aside(charge: Charge, *, by: Person, because: str) -> None:
    free = Charge.objects.free().filter(pk=charge.pk)
    if not free.update(state=Charge.State.ASIDE, aside_by=by, aside_because=because):
        raise Decided
    note(
        AuditEntry.Kind.COMPENSATION, by=by, about=f"charge {charge.pk} set aside", after={"because": because}
    )


@transaction.atomic
def take_up(charge: Charge, *, by: Person) -> None:
    aside = Charge.objects.filter(pk=charge.pk, state=Charge.State.ASIDE)
    if not aside.update(state=Charge.State.OPEN, aside_by=None, aside_because=""):
        raise Decided
    note(AuditEntry.Kind.COMPENSATION, by=by, about=f"charge {charge.pk} taken up again")
