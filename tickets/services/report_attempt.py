"""Where a pasted error ended: at an article, or as a ticket. Of the text itself nothing is kept."""

from django.utils import timezone

from tickets.models import FaqEntry, ReportAttempt, Ticket


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
