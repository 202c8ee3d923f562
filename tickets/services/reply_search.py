"""Canned replies by what is written in them, in either language, and by title."""

from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from tickets.models import CannedReplyText, Language
from tickets.models.reply import CannedReplyQuerySet

from .catalogue import catalogue

BY_TITLE = {"sorted_by": str, "pk": int}  # for keyset pages of `titled`


def with_words(replies: CannedReplyQuerySet, words: str) -> CannedReplyQuerySet:
    """Those that have all the words in name, title, text or cause."""
    for word in words.split():
        replies = replies.filter(_has(word))
    return replies


def titled(replies: CannedReplyQuerySet, language: str) -> QuerySet[Any]:
    """With `shown_title`, in the language where there is one, and what sorts by it."""
    title = Coalesce(_title(language=language), _title(), F("slug"), output_field=CharField())
    return replies.annotate(shown_title=title, sorted_by=Lower(title))


def in_all_languages(replies: CannedReplyQuerySet) -> CannedReplyQuerySet:
    """Those that can be sent whatever language the customer reads."""
    for language in Language:
        replies = replies.filter(
            Exists(CannedReplyText.objects.filter(reply=OuterRef("pk"), language=language))
        )
    return replies


def _title(**fields: str) -> Subquery:
    texts = CannedReplyText.objects.filter(reply=OuterRef("pk"), **fields).order_by("pk")
    return Subquery(texts.values("title")[:1])


def _has(word: str) -> Q:
    written = CannedReplyText.objects.filter(
        Q(title__icontains=word) | Q(body__icontains=word), reply=OuterRef("pk")
    )
    return Q(slug__icontains=word) | Q(cause__in=list(_causes_with(word.casefold()))) | Q(Exists(written))


def _causes_with(word: str) -> Iterator[str]:
    for slug, cause in catalogue().causes.items():
        if word in f"{slug} {cause.title.en} {cause.title.zh}".casefold():
            yield slug
