"""What visitors do with articles: open them, say whether they helped."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from tickets.models import ArticleUse, ArticleVote, FaqEntry

from ..redaction import make_safe

MOST_VOTES = 20  # by one visitor on one day, over all articles
LONGEST_NOTE = 1_000
ROBOTS = ("bot", "crawl", "spider", "slurp", "preview")


def count_opening(entry: FaqEntry, *, agent: str) -> None:
    """One more for today. Programs that say what they are do not count."""
    if any(name in agent.lower() for name in ROBOTS):
        return
    today = timezone.localdate()
    if ArticleUse.objects.filter(entry=entry, day=today).update(opened=F("opened") + 1):
        return
    try:
        with transaction.atomic():
            ArticleUse.objects.create(entry=entry, day=today, opened=1)
    except IntegrityError:  # somebody opened it in the same moment
        ArticleUse.objects.filter(entry=entry, day=today).update(opened=F("opened") + 1)


def vote(
    entry: FaqEntry, *, language: str, helped: bool, visitor: str, day: date, reason: str = "", note: str = ""
) -> bool:
    """The visitor's word of the day on this article; said again, it takes the place of the first. False: too many."""
    today = ArticleVote.objects.filter(visitor=visitor, day=day)
    if not today.filter(entry=entry).exists() and today.count() >= MOST_VOTES:
        return False
    said = {
        "language": language,
        "helped": helped,
        "reason": "" if helped or reason not in ArticleVote.Reason.values else reason,
        "note": "" if helped else make_safe(note[:LONGEST_NOTE]).text.strip(),
    }
    ArticleVote.objects.update_or_create(entry=entry, visitor=visitor, day=day, defaults=said)
    return True
