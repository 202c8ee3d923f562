"""Where a pasted error ended: at an article, or as a ticket. Of the text itself nothing is kept."""

import time
from datetime import timedelta

from django.utils import timezone

from tickets.models import FaqEntry, ReportAttempt, Ticket

from . import outbox
from .curation import curation_settings
from .failure.days import delete_in_pieces

AT_A_TIME = 20  # seconds; the rest is left to another job


def begin_attempt(mark: str, *, cause: str, language: str, came_from: str = "") -> None:
    """Pasted once more under the same mark, the newest cause counts."""
    entry = FaqEntry.objects.published().filter(slug=came_from).first() if came_from else None
    ReportAttempt.objects.update_or_create(
        mark=mark, defaults={"cause": cause, "language": language, "came_from": entry}
    )


def opened_article(mark: str, slug: str) -> None:
    entry = FaqEntry.objects.published().filter(slug=slug).first()
    if entry:
        ReportAttempt.objects.filter(mark=mark).update(read=entry)


def solved(mark: str) -> None:
    ReportAttempt.objects.filter(mark=mark, solved_at__isnull=True).update(solved_at=timezone.now())


def became_ticket(mark: str, ticket: Ticket) -> None:
    if mark:
        ReportAttempt.objects.filter(mark=mark).update(ticket=ticket)


def ask_daily() -> None:
    """Ask for today's forgetting, once whoever asks."""
    outbox.add("forget_attempts", key=f"forget_attempts:{timezone.now():%Y-%m-%d}")


def forget_attempts(*, idempotency_key: str) -> None:
    """What is older than admins want to count. May be killed at any moment: the next one goes on from there."""
    until = timezone.now() - timedelta(days=curation_settings().attempt_days)
    if not delete_in_pieces(ReportAttempt, "at", until, end=time.monotonic() + AT_A_TIME):
        outbox.add("forget_attempts")
