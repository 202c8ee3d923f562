"""Incidents that a person said are not one: never merged, never offered to be, until a person says otherwise."""

from django.db import transaction
from django.db.models import Q, QuerySet

from tickets.models import Incident, IncidentApart, IncidentChange, Person

from .states import note

Kind = IncidentChange.Kind
NEARBY = 5


@transaction.atomic
def keep_apart(one: Incident, other: Incident, *, by: Person) -> None:
    first, second = sorted((one, other), key=lambda incident: incident.pk)
    if first.pk == second.pk:
        return
    _, is_new = IncidentApart.objects.get_or_create(first=first, second=second, defaults={"by": by})
    if is_new:
        note(one, Kind.APART, by, other=other)
        note(other, Kind.APART, by, other=one)


@transaction.atomic
def bring_together(one: Incident, other: Incident, *, by: Person) -> None:
    """They may be merged again."""
    if _pair(one, other).delete()[0]:
        note(one, Kind.TOGETHER, by, other=other)
        note(other, Kind.TOGETHER, by, other=one)


def are_apart(one: Incident, other: Incident) -> bool:
    return _pair(one, other).exists()


def kept_apart_from(incident: Incident) -> list[Incident]:
    pairs = IncidentApart.objects
    below, above = (
        pairs.filter(second=incident).values("first"),
        pairs.filter(first=incident).values("second"),
    )
    return list(Incident.objects.filter(Q(pk__in=below) | Q(pk__in=above)).order_by("-pk"))


def nearby(incident: Incident, *, apart: list[Incident]) -> list[Incident]:
    """Open ones about the same error, model or provider, which may be the same trouble; not those kept `apart`."""
    same = Q()
    for field in ("fingerprint", "model", "provider"):
        if value := getattr(incident, field):
            same |= Q(**{field: value})
    if not same or incident.merged_into_id is not None:
        return []
    others = (
        Incident.objects.open().filter(same).exclude(pk__in=[incident.pk, *(other.pk for other in apart)])
    )
    return list(others.order_by("-opened_at")[:NEARBY])


def _pair(one: Incident, other: Incident) -> QuerySet[IncidentApart]:
    first, second = sorted((one.pk, other.pk))
    return IncidentApart.objects.filter(first=first, second=second)
