"""Suggested replies: the reviewed answers that fit a ticket, filled in from its evidence."""

from dataclasses import dataclass

from tickets.models import CannedReply, Language, Ticket, Verdict
from triage.engine.evidence import Evidence
from triage.engine.reply import Gap, Suggestion, suggest
from triage.engine.verdict import Cause, Sureness, Words
from triage.engine.verdict import Verdict as Side

from .advised import advised, links
from .catalogue import catalogue, cause_named

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SuggestedReply:
    """A reply as it would be sent, and why it is offered. `gaps` are placeholders that nothing can fill."""

    reply: CannedReply
    title: str
    text: str
    reason: str
    gaps: tuple[Gap, ...]


def suggested_replies(ticket: Ticket, *, language: str = "", limit: int = 3) -> list[SuggestedReply]:
    """The replies that fit the ticket, best first, in the customer's language; reasons in `language`."""
    verdict = ticket.current_verdict()
    if verdict is None:
        return []
    values = values_for_reply(ticket, verdict)
    case = _Case.of(verdict, values)
    offered = [_Offer.of(reply) for reply in _replies_for(case)]
    found = suggest(case, offered, ticket.language, limit=limit, values=values)
    return [_shown(suggestion, ticket.language, language or ticket.language) for suggestion in found]


def values_for_reply(ticket: Ticket, verdict: Verdict | None) -> dict[str, object]:
    """What placeholders stand for: the evidence, the customer's name, and the facts still missing."""
    values: dict[str, object] = {field: row.value for field, row in ticket.current_evidence().items()}
    values["customer"] = ticket.customer.name
    if ticket.key is not None:
        values["key"] = f"…{ticket.key.last_four}"
    if ticket.account is not None:
        values.setdefault("account", ticket.account.name)
    values["missing"] = verdict.trace.get("missing", []) if verdict else []
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
        others = [slug for slug in verdict.trace.get("alternatives", []) if slug != verdict.cause]
        return cls(
            Side(verdict.verdict),
            cause_named(verdict.cause),
            tuple(map(cause_named, others)),
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


def _asks(slug: str) -> tuple[str, ...]:
    return next((reply.asks for reply in catalogue().replies if reply.id == slug), ())


def _replies_for(case: _Case) -> list[CannedReply]:
    """Those of the cause, of what could also be, and those that ask; the most sent first."""
    causes = {case.cause.slug, UNKNOWN, *(cause.slug for cause in case.alternatives)}
    rows = CannedReply.objects.filter(cause__in=causes, is_active=True).prefetch_related("texts")
    return [row for row in rows.order_by("-times_sent", "pk") if len(row.texts.all()) == len(Language)]


def _shown(suggestion: Suggestion[_Offer], language: str, reader: str) -> SuggestedReply:
    offer = suggestion.reply
    return SuggestedReply(
        offer.row,
        offer.title.in_language(language),
        suggestion.draft.text,
        suggestion.reason.in_language(reader),
        suggestion.draft.gaps,
    )
