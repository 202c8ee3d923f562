"""The built-in library of articles as rows. Loaded again, it changes only those that nobody edited."""

from django.db import transaction
from django.utils import timezone

from tickets.models import FaqEntry, FaqText, Language
from triage.engine.catalogue import Article

from ..catalogue import catalogue
from ..rule.digest import digests
from ..rule.set import active_rules


@transaction.atomic
def load_library() -> int:
    """Bring the catalogue's articles into the database, published; how many there are.

    Rules and articles of one release were verified together: only changes that people make to the rules call for
    a re-check. What they activated stays noticed when the library is loaded again.
    """
    rules = digests(catalogue().rule_set)
    is_as_released = active_rules() is catalogue().rule_set
    for article in catalogue().articles:
        entry, created = FaqEntry.objects.get_or_create(
            slug=article.slug,
            defaults={"state": FaqEntry.State.PUBLISHED, "is_built_in": True, **_facts(article)},
        )
        if created:
            now = timezone.now()
            FaqEntry.objects.filter(pk=entry.pk).update(published_at=now, verified_at=now)
        if entry.is_built_in:
            _bring_up_to_date(entry, article)
        if created or (entry.is_built_in and is_as_released):
            seen = rules.get(article.cause, "")
            FaqEntry.objects.filter(pk=entry.pk).exclude(rules_seen=seen).update(rules_seen=seen)
    return len(catalogue().articles)


def _bring_up_to_date(entry: FaqEntry, article: Article) -> None:
    kept = {text.language: text for text in entry.texts.all()}
    for language in Language.values:
        values = _text(article, language)
        text = kept.get(language)
        if text is None or any(getattr(text, name) != value for name, value in values.items()):
            FaqText.objects.update_or_create(entry=entry, language=language, defaults=values)
    facts = _facts(article)
    if any(getattr(entry, name) != value for name, value in facts.items()):
        for name, value in facts.items():
            setattr(entry, name, value)
        entry.save()


def _facts(article: Article) -> dict[str, object]:
    return {
        "cause": article.cause,
        "codes": list(article.codes),
        "strings": list(article.strings),
        "related": list(article.related),
    }


def _text(article: Article, language: str) -> dict[str, object]:
    parts = {name: words.in_language(language) for name, words in article.parts.items()}
    parts["check_yourself"] = parts.pop("check")
    return {
        "title": article.title.in_language(language),
        "summary": article.summary.in_language(language),
        "fix": [step.in_language(language) for step in article.fix],
        **parts,
    }
