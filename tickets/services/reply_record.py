"""Canned replies with what became of them: sent, settled, opened again; and those that should be looked at."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from tickets.models import CannedReply, Language, Person
from tickets.models.reply import UNUSED_AFTER

from .catalogue import cause_named

# A reply fails when customers came back after it this often, and in more than this share of what is known.
REOPENED_AT_LEAST, REOPENED_SHARE = 3, 0.25


class Look(StrEnum):
    """Why a reply should be looked at."""

    UNUSED = "unused"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Row:
    reply: CannedReply
    title: str
    sent: int
    settled: int
    reopened: int
    last_sent: datetime | None

    @property
    def looks(self) -> list[Look]:
        found = []
        if self.is_unused:
            found.append(Look.UNUSED)
        if self.is_failing:
            found.append(Look.FAILING)
        return found

    @property
    def is_unused(self) -> bool:
        return (
            self.reply.is_active and (self.last_sent or self.reply.created_at) < timezone.now() - UNUSED_AFTER
        )

    @property
    def is_failing(self) -> bool:
        known = self.settled + self.reopened
        return self.reopened >= REOPENED_AT_LEAST and self.reopened > known * REOPENED_SHARE


def kept_for(person: Person, *, only: str = "", words: str = "", language: str = "en") -> list[Row]:
    """Those that the person sees, by title; `only` the own, those to look at, or those off offer."""
    replies = CannedReply.objects.visible_to(person).select_related("owner").prefetch_related("texts")
    if only == "own":
        replies = replies.filter(owner=person)
    elif only == "retired":
        replies = replies.filter(is_active=False)
    asked = words.casefold().split()
    rows = [_row(reply, language) for reply in with_record(replies) if _has(reply, asked)]
    if only == "review":
        rows = [row for row in rows if row.looks]
    return sorted(rows, key=lambda row: (row.title.casefold(), row.reply.pk))


def row_of(reply: CannedReply, *, language: str = "en") -> Row:
    return _row(with_record(CannedReply.objects.filter(pk=reply.pk)).get(), language)


def with_record(replies: Any) -> Any:
    """Rows with what no field of a reply holds: when it went out last, and how often a customer came back."""
    kept = Q(message__recalled_at=None)
    return replies.annotate(
        last_sent=Max("message__created_at", filter=kept),
        reopened=Count("message", filter=kept & Q(message__settled=False)),
    )


def _row(reply: Any, language: str) -> Row:
    titles = {text.language: text.title for text in reply.texts.all()}
    title = titles.get(language) or next(iter(titles.values()), reply.slug)
    return Row(reply, title, reply.times_sent, reply.times_settled, reply.reopened, reply.last_sent)


def _has(reply: CannedReply, words: list[str]) -> bool:
    if not words:
        return True
    cause = cause_named(reply.cause).title
    said = [reply.slug, reply.cause, cause.en, cause.zh]
    said += [f"{text.title} {text.body}" for text in reply.texts.all() if text.language in Language.values]
    found = " ".join(said).casefold()
    return all(word in found for word in words)
