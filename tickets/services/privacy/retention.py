"""What goes by time: how long each kind of data is kept, what would go today, and the daily sweep that takes it.

The sweep works in pieces that are committed one by one, for a bounded time; the rest is left to another job.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from tickets.models import (
    Attachment,
    AuditEntry,
    Failure,
    InboundMail,
    Person,
    Retention,
    Ticket,
)
from tickets.services import outbox
from tickets.services.audit import note

from .emptying import delete_file, empty_texts

Kind = Retention.Kind
ACTOR = "retention"
AT_A_TIME = 20  # seconds
ROWS = 500
MOST_DAYS = 36_500


def ask_daily() -> None:
    """Ask for today's sweep, once whoever asks. One small query where that was done."""
    outbox.add("sweep_retention", key=f"sweep_retention:{timezone.now():%Y-%m-%d}")


def days_kept() -> dict[str, int | None]:
    """By kind; None keeps it. Failures are bounded also where nobody set anything."""
    kept: dict[str, int | None] = dict.fromkeys(Kind.values)
    kept[Kind.FAILURES] = settings.FAILURE_DAYS
    return {**kept, **dict(Retention.objects.values_list("kind", "days"))}


@transaction.atomic
def keep_for(days: Mapping[str, int | None], *, by: Person) -> bool:
    """Set the days of these kinds; whether any is another now."""
    before = days_kept()
    changed = {kind: number for kind, number in days.items() if before[kind] != number}
    for kind, number in changed.items():
        Retention.objects.update_or_create(kind=kind, defaults={"days": number})
    if changed:
        was = {kind: before[kind] for kind in changed}
        note(AuditEntry.Kind.RETENTION, by=by, about="retention", before=was, after=changed)
    return bool(changed)


def would_go(days: Mapping[str, int | None]) -> dict[str, int]:
    """How many of each kind would go now."""
    now = timezone.now()
    return {
        kind: _OF[Kind(kind)].going(now - timedelta(days=number)).count() if number is not None else 0
        for kind, number in days.items()
    }


def sweep_retention(*, idempotency_key: str) -> None:
    """May be killed at any moment: the next one goes on from there."""
    now, end = timezone.now(), time.monotonic() + AT_A_TIME
    for kind, number in days_kept().items():
        if number is None or kind == Kind.FAILURES:  # those go by partitions: services/failure/keeping.py
            continue
        gone, is_done = _sweep(_OF[Kind(kind)], now - timedelta(days=number), end)
        if gone:
            note(
                AuditEntry.Kind.RETENTION, by=ACTOR, about=str(kind), after={"removed": gone, "days": number}
            )
        if not is_done:
            outbox.add("sweep_retention")
            return


def _sweep(data: "_Data", before: datetime, end: float) -> tuple[int, bool]:
    gone = 0
    while time.monotonic() < end:
        taken = data.take(data.going(before))
        gone += taken
        if not taken:
            return gone, True
    return gone, False


@dataclass(frozen=True, slots=True)
class _Data:
    """`going`: what is older than a moment. `take`: remove some of it; how many."""

    going: Callable[[datetime], QuerySet]
    take: Callable[[QuerySet], int]


def _closed_tickets(before: datetime) -> QuerySet:
    """Closed themselves, or merged into one that is."""
    closed = Q(merged_into=None, status=Ticket.Status.RESOLVED, resolved_at__lt=before)
    of_closed = Q(merged_into__status=Ticket.Status.RESOLVED, merged_into__resolved_at__lt=before)
    return Ticket.objects.filter(closed | of_closed)


def _with_texts(before: datetime) -> QuerySet:
    return _closed_tickets(before).filter(Q(emptied_at=None) | Q(emptied_at__lt=F("resolved_at")))


def _empty_some(tickets: QuerySet) -> int:
    some = list(tickets.order_by("pk")[:20])
    for ticket in some:
        empty_texts(ticket, by=ACTOR)
    return len(some)


def _files(before: datetime) -> QuerySet:
    return Attachment.objects.filter(ticket__in=_closed_tickets(before).values("pk"))


@transaction.atomic
def _delete_files(files: QuerySet) -> int:
    some = list(files.order_by("pk")[:100])
    for file in some:
        delete_file(file)
    return len(some)


def _without_source(mails: QuerySet) -> int:
    return InboundMail.objects.filter(pk__in=_some(mails)).update(source="")


def _delete(rows: QuerySet) -> int:
    return int(rows.model.objects.filter(pk__in=_some(rows)).delete()[0])


def _forget_audit(entries: QuerySet) -> int:
    return AuditEntry.objects.filter(pk__in=_some(entries)).forget()


def _some(rows: QuerySet) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:ROWS])


def _older(model: type, column: str, **more: object) -> Callable[[datetime], QuerySet]:
    return lambda before: model.objects.filter(**{f"{column}__lt": before})  # type: ignore[attr-defined]


_OF: dict[Kind, _Data] = {
    Kind.TEXTS: _Data(_with_texts, _empty_some),
    Kind.ATTACHMENTS: _Data(_files, _delete_files),
    Kind.FAILURES: _Data(_older(Failure, "occurred_at"), lambda rows: 0),
    Kind.MAIL_SOURCE: _Data(
        lambda before: InboundMail.objects.filter(received_at__lt=before).exclude(source=""), _without_source
    ),
    Kind.MAIL_LEDGER: _Data(_older(InboundMail, "received_at"), _delete),
    Kind.AUDIT: _Data(_older(AuditEntry, "at"), _forget_audit),
}
