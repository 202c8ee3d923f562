"""How far an incident reaches: who wrote, and what gateways report from its place in the last hour."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone

from tickets.models import FailureAccount, FailureKind, Incident, Ticket

MINUTES = 60
MOST_KINDS = 500


@dataclass(frozen=True, slots=True)
class Radius:
    """`failing` and `failures` are of the last hour; None where the incident names no place to count in."""

    tickets: int
    customers: int
    accounts: int
    failing: int | None = None
    failures: int | None = None


def radius_of(incident: Incident) -> Radius:
    wrote = (
        Ticket.objects.standing()
        .filter(incident=incident)
        .aggregate(
            tickets=Count("pk"),
            customers=Count("customer", distinct=True),
            accounts=Count("account", distinct=True),
        )
    )
    return Radius(**wrote, **_reported(incident))


def _reported(incident: Incident) -> dict[str, int]:
    """The place counts, not the error alone: one cause shows itself in several."""
    named = {field: value for field in ("provider", "model", "route") if (value := getattr(incident, field))}
    named = named or ({"fingerprint": incident.fingerprint} if incident.fingerprint else {})
    if not named:
        return {}
    kinds = list(FailureKind.objects.filter(**named).values_list("pk", flat=True)[:MOST_KINDS])
    now = timezone.now().replace(second=0, microsecond=0)
    counted = FailureAccount.objects.filter(
        minute__in=[now - timedelta(minutes=ago) for ago in range(MINUTES)], kind__in=kinds
    ).aggregate(
        failing=Count("account_digest", distinct=True, filter=~Q(account_digest=0)), failures=Sum("failures")
    )
    return {"failing": counted["failing"], "failures": counted["failures"] or 0}
