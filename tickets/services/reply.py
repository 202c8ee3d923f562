"""Suggested replies: the reviewed answers that fit a ticket, filled in from its evidence."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tickets.models import CannedReply, Language, Person, Ticket, Verdict
from tickets.models.reply import CannedReplyQuerySet
from triage.engine.evidence import Evidence, Span
from triage.engine.reply import Gap, Suggestion, fill, suggest
from triage.engine.verdict import Cause, Sureness, Words
from triage.engine.verdict import Verdict as Side

from .advised import advised, links
from .ahead import Call, answers_of
from .catalogue import catalogue, cause_named
from .compiled import Compiled
from .keyset import SIZE, page_by
from .missing import missing_facts
from .reply_search import BY_TITLE, in_all_languages, titled, with_words

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SuggestedReply:
    """A reply as it would be sent, and why it is offered.

    `gaps` are placeholders that nothing can fill, `filled` what came from the evidence; spans are of `text`.
    """

    reply: CannedReply
    title: str
    text: str
    reason: str
    gaps: tuple[Gap, ...]
    filled: tuple[Span, ...] = ()
    searched: str = ""  # what words are looked for in


@dataclass(frozen=True, slots=True)
class FilledPage:
    """`after` is the mark for the next page, empty on the last one."""

    replies: list[SuggestedReply]
    after: str


def suggested_replies(
    ticket: Ticket, *, language: str = "", limit: int = 3, by: Person | None = None
) -> list[SuggestedReply]:
    """The replies that fit the ticket, best first, in the customer's language; reasons in `language`.

    Everybody's, and those of `by`.
    """
    verdict = ticket.current_verdict()
    if verdict is None:
        return []
    values = values_for_reply(ticket, verdict)
    case = _Case.of(verdict, values)
    rows = answers_of(reply_calls(verdict, by))
    offered = [_Offer.of(row) for row in rows if len(row.texts.all()) == len(Language)]
    found = suggest(case, offered, ticket.language, limit=limit, values=values)
    return [_shown(suggestion, ticket.language, language or ticket.language) for suggestion in found]


def filled_replies(
    ticket: Ticket,
    *,
    words: str = "",
    by: Person | None = None,
    besides: Collection[int] = (),
    after: str = "",
    size: int = SIZE,
) -> FilledPage:
    """Replies on offer with all the words in title, text, name or cause, by title, filled in; none of those in
    `besides`.
    """
    found = with_words(in_all_languages(_offered(by)), words).exclude(pk__in=besides)
    rows = titled(found.prefetch_related("texts"), ticket.language)
    page = page_by(rows, BY_TITLE, after=after, size=size)
    values = values_for_reply(ticket, ticket.current_verdict()) if page.rows else {}
    shown = [_filled(_Offer.of(row), values, ticket.language) for row in page.rows]
    return FilledPage(shown, page.after)


def filled_reply(ticket: Ticket, slug: str, *, by: Person | None = None) -> SuggestedReply | None:
    """One reply by its name, filled in for the ticket."""
    row = _offered(by).filter(slug=slug).prefetch_related("texts").first()
    if row is None or len(row.texts.all()) != len(Language):
        return None
    values = values_for_reply(ticket, ticket.current_verdict())
    return _filled(_Offer.of(row), values, ticket.language)


def values_for_reply(ticket: Ticket, verdict: Verdict | None) -> dict[str, object]:
    """What placeholders stand for: the evidence, the customer's name, and the facts still missing."""
    values: dict[str, object] = ticket.known_evidence()
    values["customer"] = ticket.customer.name
    if ticket.key is not None:
        values["key"] = f"…{ticket.key.last_four}"
    if ticket.account is not None:
        values.setdefault("account", ticket.account.name)
    settles = verdict.trace.get("missing", []) if verdict else []
    values["missing"] = missing_facts(ticket, values) or settles  # one list with the strip and its letter
    return {**values, **links(), **(advised(verdict.trace) if verdict else {})}


@dataclass(frozen=True, slots=True)
class _Case:
    """A stored verdict with the evidence that counts now, as the engine's `suggest` reads it."""

    verdict: Side
    cause: Cause
    alternatives: tuple[Cause, ...]
    missing: tuple[str, ...]
    evidence: Evidence
    sureness: Sureness

    @classmethod
    def of(cls, verdict: Verdict, values: dict[str, object]) -> "_Case":
        known = {name: value for name, value in values.items() if isinstance(value, str | int | float)}
        return cls(
            Side(verdict.verdict),
            cause_named(verdict.cause),
            tuple(map(cause_named, _alternatives(verdict))),
            tuple(verdict.trace.get("missing", [])),
            Evidence().with_known(known),
            verdict.sureness,
        )


@dataclass(frozen=True, slots=True)
class _Offer:
    row: CannedReply
    cause: str
    title: Words
    body: Words
    asks: tuple[str, ...]

    @classmethod
    def of(cls, row: CannedReply) -> "_Offer":
        texts = {text.language: text for text in row.texts.all()}
        english, chinese = texts[Language.ENGLISH], texts[Language.CHINESE]
        return cls(
            row,
            row.cause,
            Words(english.title, chinese.title),
            Words(english.body, chinese.body),
            _asks(row.slug),
        )

    @property
    def searched(self) -> str:
        """What words are looked for in: both languages, so that a reply is found by either."""
        cause = cause_named(self.cause).title
        words = (self.title, self.body, cause)
        return " ".join((self.row.slug, self.cause, *(f"{each.en} {each.zh}" for each in words))).casefold()


def _filled(offer: _Offer, values: dict[str, object], language: str) -> SuggestedReply:
    draft = fill(offer.body.in_language(language), values, language)
    return SuggestedReply(
        offer.row, offer.title.in_language(language), draft.text, "", draft.gaps, draft.filled, offer.searched
    )


def _asks(slug: str) -> tuple[str, ...]:
    return next((reply.asks for reply in catalogue().replies if reply.id == slug), ())


def _offered(by: Person | None) -> CannedReplyQuerySet:
    replies = CannedReply.objects.offered()
    return replies.for_everybody() if by is None else replies.visible_to(by)


def reply_calls(verdict: Verdict | None, by: Person | None) -> list[Call]:
    """What `suggested_replies` asks: those of the cause, of what could also be, and those that ask; the most sent
    first.
    """
    if verdict is None:
        return []
    causes = sorted({cause_named(slug).slug for slug in (verdict.cause, UNKNOWN, *_alternatives(verdict))})
    return [(_of_everybody, causes)] if by is None else [(_of_person, by.pk, causes)]


def _alternatives(verdict: Verdict) -> list[str]:
    return [slug for slug in verdict.trace.get("alternatives", []) if slug != verdict.cause]


@Compiled
def _of_everybody(causes: Any) -> QuerySet[CannedReply]:
    return _fitting(CannedReply.objects.for_everybody(), causes)


@Compiled
def _of_person(person: Any, causes: Any) -> QuerySet[CannedReply]:
    return _fitting(CannedReply.objects.visible_to(person), causes)


def _fitting(replies: CannedReplyQuerySet, causes: Any) -> QuerySet[CannedReply]:
    return replies.offered().filter(cause__in=causes).prefetch_related("texts").order_by("-times_sent", "pk")


def _shown(suggestion: Suggestion[_Offer], language: str, reader: str) -> SuggestedReply:
    offer = suggestion.reply
    return SuggestedReply(
        offer.row,
        offer.title.in_language(language),
        suggestion.draft.text,
        suggestion.reason.in_language(reader),
        suggestion.draft.gaps,
        suggestion.draft.filled,
        offer.searched,
    )
