"""Canned replies with what became of them: sent, settled, opened again; and those that should be looked at."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from tickets.models import CannedReply, Message, Person
from tickets.models.reply import CannedReplyQuerySet

from .kept_record import counted, is_failing, is_unused, to_look_at
from .keyset import page_by
from .reply_search import BY_TITLE, titled, with_words


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
        if not self.reply.is_active:
            return []
        unused = is_unused(self.last_sent, self.reply.created_at)
        failing = is_failing(self.reopened, self.settled + self.reopened)
        return [look for look, holds in ((Look.UNUSED, unused), (Look.FAILING, failing)) if holds]


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the mark for the next page, empty on the last one."""

    rows: list[Row]
    after: str


def kept_for(
    person: Person, *, only: str = "", words: str = "", language: str = "en", after: str = ""
) -> Page:
    """Those that the person sees, by title; `only` the own, those to look at, or those off offer."""
    replies = CannedReply.objects.visible_to(person).select_related("owner", "team").prefetch_related("texts")
    if only == "own":
        replies = replies.filter(owner=person)
    elif only == "retired":
        replies = replies.filter(is_active=False)
    rows = _with_record(with_words(replies, words), language)
    if only == "review":
        rows = rows.filter(to_look_at(last_used="last_sent", failed="reopened", known="known"))
    page = page_by(rows, BY_TITLE, after=after)
    return Page([_row(reply) for reply in page.rows], page.after)


def row_of(reply: CannedReply, *, language: str = "en") -> Row:
    return _row(_with_record(CannedReply.objects.filter(pk=reply.pk), language).get())


def _with_record(replies: CannedReplyQuerySet, language: str) -> QuerySet[Any]:
    """Rows with what no field of a reply holds: its title in the language, when it went out last, and how often a
    customer came back.
    """
    sent = Message.objects.filter(canned_reply=OuterRef("pk"), recalled_at=None).order_by("-created_at")
    reopened = counted(Message.objects.filter(recalled_at=None, settled=False), "canned_reply")
    rows = titled(replies, language).annotate(
        last_sent=Subquery(sent.values("created_at")[:1]),
        reopened=reopened,
    )
    return rows.annotate(known=F("times_settled") + F("reopened"))


def _row(reply: Any) -> Row:
    return Row(
        reply, reply.shown_title, reply.times_sent, reply.times_settled, reply.reopened, reply.last_sent
    )
