"""The figures of the ledger: five statements, however many providers and models there are."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db.models import Min, Sum
from django.db.models.functions import TruncDate

from tickets.models import Charge, FailureCount, Incident, ProviderNotice

from .notices import AFTER, BEFORE, Delay, delay_of
from .period import Period
from .tickets import named_in

NOT_MEASURED = Delay(None, 0, 0)
Told = tuple[Incident, datetime | None]


@dataclass(slots=True)
class Figures:
    """Of one model, or of a whole provider. `credited` is by currency."""

    incidents: int = 0
    minutes: int = 0
    failures: int = 0
    tickets: int = 0
    credited: dict[str, Decimal] = field(default_factory=dict)

    def add(self, other: "Figures") -> None:
        self.incidents += other.incidents
        self.minutes += other.minutes
        self.failures += other.failures
        self.tickets += other.tickets
        for currency, amount in other.credited.items():
            self.credited[currency] = self.credited.get(currency, Decimal(0)) + amount


@dataclass(slots=True)
class Provider:
    name: str
    models: dict[str, Figures] = field(default_factory=lambda: defaultdict(Figures))
    days: Counter[date] = field(default_factory=Counter)  # failures of each day, in UTC
    told: list[Told] = field(default_factory=list)
    delay: Delay = NOT_MEASURED

    @property
    def whole(self) -> Figures:
        whole = Figures()
        for figures in self.models.values():
            whole.add(figures)
        return whole


class Ledger:
    """What happened within the period, by provider. A model without a name stands for what is not about one."""

    def __init__(self, period: Period) -> None:
        self.period = period
        self._providers: dict[str, Provider] = {}
        self._add_incidents()
        self._add_failures()
        self._add_tickets()
        self._add_credits()
        notices = list(
            ProviderNotice.objects.filter(
                published_at__gte=period.since - BEFORE, published_at__lt=period.until + AFTER
            )
        )
        for provider in self._providers.values():
            provider.delay = delay_of(provider.told, notices)

    @property
    def providers(self) -> list[Provider]:
        """Those with the most failures first."""
        return sorted(self._providers.values(), key=lambda each: (-each.whole.failures, each.name))

    def _provider(self, name: str) -> Provider:
        return self._providers.setdefault(name, Provider(name))

    def _add_incidents(self) -> None:
        overlapping = Incident.objects.filter(self.period.overlaps("opened_at", "resolved_at"))
        for incident in overlapping.exclude(provider="").annotate(first=Min("tickets__created_at")):
            provider = self._provider(incident.provider)
            figures = provider.models[incident.model]
            figures.incidents += 1
            figures.minutes += self.period.minutes_of(incident.opened_at, incident.resolved_at)
            if incident.opened_at >= self.period.since:
                provider.told.append((incident, incident.first))

    def _add_failures(self) -> None:
        counted = FailureCount.objects.filter(self.period.holds("minute")).values_list(
            "kind__provider", "kind__model", TruncDate("minute", tzinfo=UTC)
        )
        for name, model, day, failures in counted.annotate(all=Sum("failures")).order_by():
            provider = self._provider(name)
            provider.models[model].failures += failures
            provider.days[day] += failures

    def _add_tickets(self) -> None:
        for name, model, count in named_in(self.period):
            self._provider(name).models[model].tickets += count

    def _add_credits(self) -> None:
        credited = Charge.objects.filter(self.period.holds("occurred_at"), state=Charge.State.CREDITED)
        sums = credited.exclude(provider="").values_list("provider", "model", "compensation__currency")
        for name, model, currency, amount in sums.annotate(all=Sum("credited")).order_by():
            self._provider(name).models[model].credited[currency] = amount
