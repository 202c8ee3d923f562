"""Searches that found nothing: gathered, and turned into a draft or set aside."""

from hashlib import sha256

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from tickets.models import AuditEntry, FaqEntry, FaqText, FruitlessSearch, Person

from .audit import note
from .faq.draft import free_slug
from .language import language_of
from .redaction import make_safe

LONGEST, SHORTEST, MOST = 200, 3, 5_000
DAY = 86_400


def note_fruitless(words: str, *, language: str, visitor: str) -> None:
    """One more search without an answer; the same visitor counts once a day. What holds a secret is not kept."""
    safe = make_safe(words[:LONGEST])
    asked = " ".join(safe.text.split()).lower()[:LONGEST]
    if safe.findings or len(asked) < SHORTEST:
        return
    if not cache.add(f"fruitless:{language}:{visitor}:{sha256(asked.encode()).hexdigest()}", True, DAY):
        return
    known = FruitlessSearch.objects.filter(language=language, words=asked)
    if known.update(times=F("times") + 1, last_at=timezone.now()) or FruitlessSearch.objects.count() >= MOST:
        return
    try:
        with transaction.atomic():
            FruitlessSearch.objects.create(language=language, words=asked)
    except IntegrityError:  # somebody asked the same in the same moment
        known.update(times=F("times") + 1, last_at=timezone.now())


@transaction.atomic
def draft_article(search: FruitlessSearch, *, by: Person) -> FaqEntry:
    """A draft under these words, to be written. Asked twice, it answers with the draft that already stands."""
    search = FruitlessSearch.objects.select_for_update().get(pk=search.pk)
    if search.draft:
        return search.draft
    entry = FaqEntry.objects.create(
        slug=free_slug(slugify(search.words)[:60] or f"draft-{search.pk}"),
        state=FaqEntry.State.DRAFT,
        author=by,
    )
    language = language_of(search.words, otherwise=search.language)  # Chinese is asked on English pages too
    FaqText.objects.create(entry=entry, language=language, title=search.words, symptom=search.words)
    note(
        AuditEntry.Kind.ARTICLES,
        by=by,
        about=entry.slug,
        after={"state": entry.state, "search": search.words},
    )
    search.draft, search.decided_by, search.dismissed_at = entry, by, None
    search.save(update_fields=["draft", "decided_by", "dismissed_at"])
    return entry


def set_aside(search: FruitlessSearch, *, by: Person) -> None:
    """No article is wanted for these words."""
    FruitlessSearch.objects.filter(pk=search.pk, draft__isnull=True).update(
        dismissed_at=timezone.now(), decided_by=by
    )
