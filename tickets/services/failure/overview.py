"""What failed how often: counts by kind, and a plot over time, from the minute counters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from tickets.models import Failure, FailureAccount, FailureCount, Person

SIZE = 50  # lines or rows of a page
BARS = 60
LONGEST = timedelta(days=366)
KIND_FIELDS = ("provider", "model", "route", "group", "fingerprint")


@dataclass(frozen=True, slots=True)
class Window:
    since: datetime
    until: datetime

    @property
    def step(self) -> timedelta:
        return (self.until - self.since) / BARS


@dataclass(frozen=True, slots=True)
class Bar:
    starts_at: datetime
    failures: int


@dataclass(frozen=True, slots=True)
class Group:
    provider: str
    model: str
    fingerprint: str
    words: str
    failures: int
    accounts: int


def window_of(parameters: Mapping[str, str]) -> Window:
    """Whole minutes: from `since` up to `until` where the address names both, else up to the end of this one."""
    if "since" in parameters and "until" in parameters:
        since, until = (datetime.fromisoformat(parameters[name]) for name in ("since", "until"))
        if timedelta() < until - since <= LONGEST:
            return Window(since, until)
    until = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    return Window(until - timedelta(hours=int(parameters["hours"])), until)


def bars_of(parameters: Mapping[str, str], window: Window) -> list[Bar]:
    counted = [0] * BARS
    for minute, failures in _counts(parameters, window).values_list("minute").annotate(all=Sum("failures")):
        counted[int((minute - window.since) / window.step)] += failures
    return [Bar(window.since + at * window.step, failures) for at, failures in enumerate(counted)]


def groups_of(parameters: Mapping[str, str], window: Window, page: int) -> tuple[list[Group], bool]:
    """One line for each provider, model and error, the most failures first; and whether there are more."""
    start = (page - 1) * SIZE
    shared = ("kind__provider", "kind__model", "kind__fingerprint", "kind__words")
    counted = _counts(parameters, window).values(*shared).annotate(all=Sum("failures"))
    found: list[Any] = list(
        counted.order_by("-all", *shared).values_list(*shared, "all")[start : start + SIZE + 1]
    )
    accounts = _accounts(parameters, window, [line[2] for line in found[:SIZE]])
    groups = [
        Group(provider, model, fingerprint, words, failures, accounts.get((provider, model, fingerprint), 0))
        for provider, model, fingerprint, words, failures in found[:SIZE]
    ]
    return groups, len(found) > SIZE


def rows_of(person: Person, parameters: Mapping[str, str], window: Window) -> QuerySet[Failure]:
    """The failures themselves, the newest first."""
    rows = Failure.objects.visible_to(person).between(window.since, window.until)
    return rows.filter(_kinds(parameters)).select_related("kind").order_by("-occurred_at", "-code")


def _counts(parameters: Mapping[str, str], window: Window) -> QuerySet[FailureCount]:
    return FailureCount.objects.filter(_kinds(parameters), minute__gte=window.since, minute__lt=window.until)


def _accounts(
    parameters: Mapping[str, str], window: Window, fingerprints: list[str]
) -> dict[tuple[str, str, str], int]:
    told = FailureAccount.objects.filter(
        _kinds(parameters),
        minute__gte=window.since,
        minute__lt=window.until,
        kind__fingerprint__in=set(fingerprints),
    )
    found = told.values_list("kind__provider", "kind__model", "kind__fingerprint").annotate(
        all=Count("account_digest", distinct=True, filter=~Q(account_digest=0))
    )
    return {(provider, model, fingerprint): all for provider, model, fingerprint, all in found}


def _kinds(parameters: Mapping[str, str]) -> Q:
    return Q(**{f"kind__{field}": parameters[field] for field in KIND_FIELDS if field in parameters})
