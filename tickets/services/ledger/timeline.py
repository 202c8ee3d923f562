"""One provider over one time: what it said itself, our incidents, probes, failures and tickets. Five statements."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Q, Sum

from tickets.models import FailureCount, Incident, Person, ProbeResult, ProviderNotice

from .period import Period
from .tickets import times_of

STEPS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360, 1440)]
MOST_STEPS = 168


@dataclass(frozen=True, slots=True)
class Step:
    at: datetime
    until: datetime
    failures: int
    tickets: tuple[int, ...]  # their numbers
    probes: "Probed | None"


@dataclass(frozen=True, slots=True)
class Probed:
    """What the probes of a step met; a refused one is neither."""

    sent: int
    failed: int
    refused: int
    latency_ms: int  # in the middle of all

    @property
    def worst(self) -> str:
        return "fails" if self.failed else "refused" if self.refused else "works"


@dataclass(frozen=True, slots=True)
class Timeline:
    period: Period
    step: timedelta
    steps: tuple[Step, ...]
    incidents: tuple[Incident, ...]
    notices: tuple[ProviderNotice, ...]

    @property
    def most_failures(self) -> int:
        return max((step.failures for step in self.steps), default=0)

    @property
    def has_probes(self) -> bool:
        return any(step.probes for step in self.steps)

    @property
    def most_tickets(self) -> int:
        return max((len(step.tickets) for step in self.steps), default=0)


def timeline_of(provider: str, period: Period, *, person: Person) -> Timeline:
    """Steps of one minute, or of more where they would not fit."""
    length = period.until - period.since
    step = next((each for each in STEPS if length / each <= MOST_STEPS), STEPS[-1])
    failures: Counter[int] = Counter()
    counted = FailureCount.objects.filter(period.holds("minute"), kind__provider=provider)
    for minute, count in counted.values_list("minute").annotate(all=Sum("failures")).order_by():
        failures[(minute - period.since) // step] += count
    tickets: dict[int, list[int]] = {}
    for number, at in times_of(period, provider):
        tickets.setdefault((at - period.since) // step, []).append(number)
    probes = _probes(provider, period, step)
    return Timeline(
        period,
        step,
        tuple(
            Step(
                period.since + at * step,
                min(period.since + (at + 1) * step, period.until),
                failures[at],
                tuple(sorted(tickets.get(at, ()))),
                probes.get(at),
            )
            for at in range(-(-length // step))
        ),
        tuple(_overlapping_incidents(provider, period, person)),
        tuple(_overlapping_notices(provider, period, person)),
    )


def _probes(provider: str, period: Period, step: timedelta) -> dict[int, Probed]:
    met: dict[int, list[tuple[str, int]]] = {}
    results = ProbeResult.objects.filter(period.holds("at"), probe__provider__iexact=provider)
    for at, outcome, latency in results.values_list("at", "outcome", "latency_ms"):
        met.setdefault((at - period.since) // step, []).append((outcome, latency))
    return {
        at: Probed(
            len(results),
            sum(outcome == ProbeResult.Outcome.FAILS for outcome, _ in results),
            sum(outcome == ProbeResult.Outcome.REFUSED for outcome, _ in results),
            round(median(latency for _, latency in results)),
        )
        for at, results in met.items()
    }


def _overlapping_incidents(provider: str, period: Period, person: Person) -> list[Incident]:
    of_it = Incident.objects.visible_to(person).filter(provider__iexact=provider)
    return list(of_it.filter(period.overlaps("opened_at", "resolved_at")).order_by("opened_at", "pk"))


def _overlapping_notices(provider: str, period: Period, person: Person) -> list[ProviderNotice]:
    """One whose end is not known counts for its moment."""
    of_it = ProviderNotice.objects.visible_to(person).filter(provider__iexact=provider)
    lasting = Q(published_at__lt=period.until, ended_at__gte=period.since)
    return list(of_it.filter(lasting | period.holds("published_at")).order_by("published_at", "pk"))
