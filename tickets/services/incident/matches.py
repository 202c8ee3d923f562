"""Open incidents that a ticket may belong to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from tickets.models import Incident, Ticket

MOST = 5


@dataclass(frozen=True, slots=True)
class Match:
    """An incident and what the ticket has in common with it: `fingerprint`, `model` or `provider`."""

    incident: Incident
    by: str


def matching_incidents(ticket: Ticket, known: Mapping[str, object]) -> list[Match]:
    """Open incidents with the ticket's error, model or provider, the nearest match first. `known` is the ticket's
    evidence.
    """
    values = {
        "fingerprint": ticket.fingerprint,
        "model": known.get("model"),
        "provider": known.get("provider"),
    }
    tests = {
        field: Q(**{field: value}) for field, value in values.items() if isinstance(value, str) and value
    }
    if not tests:
        return []
    place = Case(
        *(When(test, then=Value(place)) for place, test in enumerate(tests.values())),
        default=Value(len(tests)),
        output_field=IntegerField(),
    )
    fitting = Incident.objects.open().annotate(place=place).filter(place__lt=len(tests))
    names = list(tests)
    return [Match(row, names[row.place]) for row in fitting.order_by("place", "-opened_at")[:MOST]]
