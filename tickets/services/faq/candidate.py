"""Causes that recur without an article that covers them: counted from the tickets, with the errors behind them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from tickets.models import CandidateAside, EvidenceValue, FaqEntry, Person, Ticket

from ..curation import curation_settings
from ..search.tokens import normalise

UNKNOWN = "unknown"
MOST = 50
MOST_ERRORS = 8  # of one cause
DOUBLED = 2


@dataclass(frozen=True, slots=True)
class RecurringError:
    """Tickets of one cause that show one error. `sample` is the error of the newest of them, as it was received."""

    fingerprint: str
    tickets: int
    accounts: int
    last: datetime
    sample: str
    is_covered: bool  # its text stands in the article already


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cause, or for causes unknown one error. `entry` is the article that stands, or is being written."""

    cause: str
    fingerprint: str
    tickets: int
    accounts: int
    last: datetime
    errors: tuple[RecurringError, ...]
    entry: FaqEntry | None = None

    @property
    def lacking(self) -> tuple[RecurringError, ...]:
        return tuple(each for each in self.errors if not each.is_covered)


def first_day() -> datetime:
    """The beginning of the first day that counts."""
    day = timezone.localdate() - timedelta(days=curation_settings().window)
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def candidates() -> list[Candidate]:
    """The most frequent first: without an article all that recur, with one those whose errors it does not name."""
    limits = curation_settings()
    recurring = _counted("cause", "fingerprint").filter(
        tickets__gte=limits.tickets, accounts__gte=limits.accounts
    )
    errors = _errors(recurring.exclude(fingerprint=""))
    causes = list(
        _counted("cause")
        .filter(tickets__gte=limits.tickets, accounts__gte=limits.accounts)
        .exclude(cause__in=("", UNKNOWN))
        .order_by("-tickets", "cause")
    )
    articles = _articles()
    found = [_of_cause(row, errors, articles) for row in causes]
    found += [_of_error(error, articles) for error in errors[UNKNOWN]]
    waived = dict(_waived())
    kept = [
        each
        for each in found
        if each and each.tickets >= DOUBLED * waived.get((each.cause, each.fingerprint), 0)
    ]
    return sorted(kept, key=lambda each: (-each.tickets, each.cause, each.fingerprint))[:MOST]


def candidate_for(cause: str, fingerprint: str = "") -> Candidate | None:
    return next(
        (each for each in candidates() if (each.cause, each.fingerprint) == (cause, fingerprint)), None
    )


def tickets_behind(candidate: Candidate) -> QuerySet[Ticket]:
    tickets = Ticket.objects.standing().filter(cause=candidate.cause, created_at__gte=first_day())
    if candidate.fingerprint:
        tickets = tickets.filter(fingerprint=candidate.fingerprint)
    return tickets.order_by("-number")


@transaction.atomic
def put_aside(candidate: Candidate, *, by: Person) -> None:
    CandidateAside.objects.update_or_create(
        cause=candidate.cause,
        fingerprint=candidate.fingerprint,
        defaults={"tickets": candidate.tickets, "by": by},
    )


def _counted(*fields: str) -> Any:  # rows with what is annotated, which no stub can name
    """Tickets of the window by these fields. Who has no account counts as a customer."""
    return (
        Ticket.objects.standing()
        .filter(created_at__gte=first_day())
        .order_by()
        .values(*fields)
        .annotate(
            tickets=Count("pk"),
            accounts=Count(Coalesce("account_id", -F("customer_id")), distinct=True),
            last=Max("created_at"),
            newest=Max("pk"),
        )
    )


def _errors(rows: Any) -> dict[str, list[RecurringError]]:
    """By cause, the most frequent first. Whether they are covered is not known here yet."""
    kept = list(rows.order_by("-tickets", "fingerprint"))
    samples = dict(
        EvidenceValue.objects.filter(
            ticket__in=[row["newest"] for row in kept], field="raw_error", is_current=True
        ).values_list("ticket", "value")
    )
    found: dict[str, list[RecurringError]] = defaultdict(list)
    for row in kept:
        sample = str(samples.get(row["newest"], ""))
        if sample and len(found[str(row["cause"])]) < MOST_ERRORS:
            found[str(row["cause"])].append(
                RecurringError(
                    row["fingerprint"], row["tickets"], row["accounts"], row["last"], sample, False
                )
            )
    return found


def _articles() -> dict[str, list[FaqEntry]]:
    """By cause, the public one first."""
    found: dict[str, list[FaqEntry]] = defaultdict(list)
    entries = FaqEntry.objects.exclude(state=FaqEntry.State.ARCHIVED).prefetch_related("texts")
    for entry in sorted(entries, key=lambda each: (not each.is_published, each.pk)):
        found[entry.cause].append(entry)
    return found


def _of_cause(
    row: dict[str, Any], errors: dict[str, list[RecurringError]], articles: dict[str, list[FaqEntry]]
) -> Candidate | None:
    cause = str(row["cause"])
    entry = next(iter(articles[cause]), None)
    own = tuple(_with_cover(error, articles[cause]) for error in errors[cause])
    candidate = Candidate(cause, "", row["tickets"], row["accounts"], row["last"], own, entry)
    return candidate if entry is None or candidate.lacking else None


def _of_error(error: RecurringError, articles: dict[str, list[FaqEntry]]) -> Candidate | None:
    """Nothing is known but the error: any article may name it."""
    every = [entry for entries in articles.values() for entry in entries]
    if _with_cover(error, every).is_covered:
        return None
    return Candidate(UNKNOWN, error.fingerprint, error.tickets, error.accounts, error.last, (error,))


def _with_cover(error: RecurringError, entries: list[FaqEntry]) -> RecurringError:
    text = normalise(error.sample)
    covered = any(
        normalise(string) in text for entry in entries for string in entry.strings if string.strip()
    )
    return RecurringError(error.fingerprint, error.tickets, error.accounts, error.last, error.sample, covered)


def _waived() -> list[tuple[tuple[str, str], int]]:
    rows = CandidateAside.objects.values_list("cause", "fingerprint", "tickets")
    return [((cause, fingerprint), tickets) for cause, fingerprint, tickets in rows]
