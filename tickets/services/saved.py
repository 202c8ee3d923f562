"""What the help centre saved: reports that ended at an article, articles by use and complaint, causes without one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from tickets.models import ArticleUse, ArticleVote, FaqEntry, ReportAttempt, Ticket

DAYS = 30
MOST = 20


@dataclass(frozen=True, slots=True)
class Attempts:
    """Of all pastes in the window: `ended` read an article or said it was solved, `tickets` were sent on."""

    all: int
    ended: int
    solved: int
    tickets: int


@dataclass(frozen=True, slots=True)
class ArticleRow:
    entry: FaqEntry
    opened: int
    helped: int
    not_helped: int
    ended: int
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CauseRow:
    """Tickets of a cause in equally long windows on both sides of its article's publication."""

    cause: str
    slug: str
    published: date
    days: int
    before: int
    after: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Lacking:
    cause: str
    tickets: int


def window(today: date | None = None) -> date:
    """The first day that counts."""
    return (today or timezone.localdate()) - timedelta(days=DAYS)


def attempts_since(first: date) -> Attempts:
    rows = ReportAttempt.objects.filter(at__date__gte=first)
    found = rows.aggregate(
        all=Count("pk"),
        ended=Count("pk", filter=ReportAttempt.ended_at_article()),
        solved=Count("pk", filter=Q(solved_at__isnull=False)),
        tickets=Count("pk", filter=Q(ticket__isnull=False)),
    )
    return Attempts(**found)


def attempts_ended(first: date, *, after: int | None = None) -> QuerySet[ReportAttempt]:
    rows = ReportAttempt.objects.filter(ReportAttempt.ended_at_article(), at__date__gte=first)
    rows = rows.filter(pk__lt=after) if after else rows
    return rows.select_related("read").order_by("-pk")


def articles_by_use(first: date) -> list[ArticleRow]:
    """Every article that was opened, judged or ended a report in the window, the most used first."""
    opened = _by_entry(ArticleUse.objects.filter(day__gte=first).values_list("entry").annotate(Sum("opened")))
    ended = _by_entry(
        ReportAttempt.objects.filter(
            ReportAttempt.ended_at_article(), at__date__gte=first, read__isnull=False
        )
        .values_list("read")
        .annotate(Count("pk"))
    )
    helped, refused, reasons = Counter[int](), Counter[int](), defaultdict[int, dict[str, int]](dict)
    votes = (
        ArticleVote.objects.filter(day__gte=first)
        .values_list("entry", "helped", "reason")
        .annotate(n=Count("pk"))
    )
    for entry, did, reason, count in votes.order_by("entry", "reason"):
        (helped if did else refused)[entry] += count
        if not did:
            reasons[entry][reason] = count
    entries = FaqEntry.objects.filter(pk__in={*opened, *ended, *helped, *refused}).prefetch_related("texts")
    rows = [
        ArticleRow(each, opened[each.pk], helped[each.pk], refused[each.pk], ended[each.pk], reasons[each.pk])
        for each in entries
    ]
    return sorted(rows, key=lambda row: (-row.opened, -row.ended, row.entry.slug))


def causes_around_publication(today: date | None = None) -> list[CauseRow]:
    """Tickets per cause before and after; the windows are as long as the time since, at most DAYS."""
    today = today or timezone.localdate()
    published = {
        entry.cause: entry
        for entry in FaqEntry.objects.published().exclude(cause="").filter(published_at__isnull=False)
    }
    if not published:
        return []
    oldest = min(timezone.localdate(entry.published_at) for entry in published.values()) - timedelta(
        days=DAYS
    )
    counted = (
        Ticket.objects.standing()
        .filter(cause__in=published, created_at__date__gte=oldest)
        .annotate(day=TruncDate("created_at"))
        .values_list("cause", "day")
        .annotate(n=Count("pk"))
        .order_by()
    )
    by_cause: dict[str, Counter[date]] = defaultdict(Counter)
    for cause, day, count in counted:
        by_cause[cause][day] += count
    rows = [_around(cause, entry, by_cause[cause], today) for cause, entry in published.items()]
    return sorted((row for row in rows if row.before or row.after), key=lambda row: (-row.before, row.cause))


def causes_without_article(first: date) -> list[Lacking]:
    """Causes of tickets in the window that no published article is about, the most frequent first."""
    covered = FaqEntry.objects.published().exclude(cause="").values("cause")
    rows = (
        Ticket.objects.standing()
        .filter(created_at__date__gte=first)
        .exclude(cause__in=covered)
        .exclude(cause="")
        .values_list("cause")
        .annotate(n=Count("pk"))
        .order_by("-n", "cause")
    )
    return [Lacking(cause, count) for cause, count in rows]


def _around(cause: str, entry: FaqEntry, tickets: Counter[date], today: date) -> CauseRow:
    published = timezone.localdate(entry.published_at)
    days = min(max((today - published).days, 1), DAYS)
    since, until = published - timedelta(days=days), published + timedelta(days=days)
    before = sum(count for day, count in tickets.items() if since <= day < published)
    after = sum(count for day, count in tickets.items() if published <= day < until)
    return CauseRow(cause, entry.slug, published, days, before, after, since, until)


def _by_entry(rows: Iterable[tuple[int, int]]) -> Counter[int]:
    return Counter(dict(rows))
