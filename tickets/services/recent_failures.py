"""What gateways reported of a model and a provider lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Sum
from django.utils import timezone

from tickets.models import FailureCount, FailureKind

HOURS = 24
MOST = 6  # kinds that are told one by one


@dataclass(frozen=True, slots=True)
class FailuresOfKind:
    words: str
    fingerprint: str
    provider: str
    model: str
    route: str
    group: str
    failures: int


@dataclass(frozen=True, slots=True)
class RecentFailures:
    """The kinds that failed most often, and how many failures there were of all kinds."""

    hours: int
    total: int
    last_at: datetime | None
    kinds: list[FailuresOfKind]


def recent_failures(known: Mapping[str, object]) -> RecentFailures | None:
    """Of the model and provider in a ticket's evidence (`known`); None where it names no model.

    Three statements at most.
    """
    model, provider = known.get("model"), known.get("provider")
    if not isinstance(model, str) or not model:
        return None
    kinds = FailureKind.objects.filter(model=model)
    if isinstance(provider, str) and provider:
        kinds = kinds.filter(provider__in={provider, provider.lower(), provider.title(), provider.upper()})
    lately = FailureCount.objects.filter(
        kind__in=kinds.values("pk"), minute__gte=timezone.now() - timedelta(hours=HOURS)
    )
    whole = lately.aggregate(total=Sum("failures"), last_at=Max("minute"))
    ranked = lately.values("kind").annotate(count=Sum("failures")).order_by("-count", "kind")[:MOST]
    most = {row["kind"]: row["count"] for row in ranked}
    named = FailureKind.objects.in_bulk(list(most))
    return RecentFailures(
        HOURS,
        whole["total"] or 0,
        whole["last_at"],
        [_of_kind(named[kind], failures) for kind, failures in most.items() if kind in named],
    )


def _of_kind(kind: FailureKind, failures: int) -> FailuresOfKind:
    return FailuresOfKind(
        words=kind.words,
        fingerprint=kind.fingerprint,
        provider=kind.provider,
        model=kind.model,
        route=kind.route,
        group=kind.group,
        failures=failures,
    )
