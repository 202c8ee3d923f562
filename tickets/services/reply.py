"""Suggested replies: the reviewed answers that fit a ticket, filled in from its evidence."""

from dataclasses import dataclass

from tickets.models import CannedReply, CannedReplyText, Ticket
from triage.engine.reply import Gap, fill


@dataclass(frozen=True, slots=True)
class SuggestedReply:
    """A reply as it would be sent. `gaps` are placeholders that the evidence cannot fill."""

    reply: CannedReply
    title: str
    text: str
    gaps: tuple[Gap, ...]


def suggested_replies(ticket: Ticket, *, limit: int = 3) -> list[SuggestedReply]:
    """The replies for the ticket's cause in the customer's language, the most sent first."""
    texts = (
        CannedReplyText.objects.filter(
            reply__cause=ticket.cause, reply__is_active=True, language=ticket.language
        )
        .select_related("reply")
        .order_by("-reply__times_sent", "reply__slug")[:limit]
    )
    values = values_for_reply(ticket)
    return [_filled(text, values, ticket.language) for text in texts]


def values_for_reply(ticket: Ticket) -> dict[str, object]:
    """What placeholders stand for: the evidence, the customer's name, and the facts still missing."""
    values: dict[str, object] = {field: row.value for field, row in ticket.current_evidence().items()}
    values["customer"] = ticket.customer.name
    if ticket.key is not None:
        values["key"] = f"…{ticket.key.last_four}"
    if ticket.account is not None:
        values.setdefault("account", ticket.account.name)
    verdict = ticket.current_verdict()
    values["missing"] = verdict.trace.get("missing", []) if verdict else []
    return values


def _filled(text: CannedReplyText, values: dict[str, object], language: str) -> SuggestedReply:
    filled = fill(text.body, values, language)
    return SuggestedReply(text.reply, text.title, filled.text, filled.gaps)
