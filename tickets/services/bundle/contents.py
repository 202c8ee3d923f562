"""What a bundle says about a ticket.

Shape: {"format", "made_at", "desk", "with_notes", "ticket": {…}, "messages": [{"id", "kind", "by", "at", "text"}],
"files": [{"name", "bytes", "sha256"}], "evidence": {field: {"value", "origin", "by"}}, "verdicts": [{…}],
"outcomes": [{…}], "chain": {"ticket", "length", "head", "entries": [{…}]}, "anchors": {"heads", "proofs"}}.
All texts are masked as they are stored. The chain is whole also where notes are left out: it holds their hashes alone.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone

from tickets.models import Anchor, AnchoredChain, Event, Message, Outcome, Ticket, Verdict
from tickets.services.anchor import head_of
from tickets.services.merkle import leaf_of, proof_of

FORMAT = "triage-desk-bundle-1"


def contents_of(ticket: Ticket, *, with_notes: bool) -> dict[str, Any]:
    messages = ticket.messages.kept().select_related("author").order_by("created_at", "pk")
    if not with_notes:
        messages = messages.exclude(kind=Message.Kind.NOTE)
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "desk": settings.BASE_URL,
        "with_notes": with_notes,
        "ticket": _ticket(ticket),
        "messages": [_message(message) for message in messages],
        "files": list(
            ticket.attachments.filter(draft_kind="", message__in=messages.values("pk"))
            .order_by("pk")
            .values("name", "size", "sha256")
        ),
        "evidence": {field: _value(row) for field, row in ticket.current_evidence().items()},
        "verdicts": [_verdict(verdict) for verdict in ticket.verdicts.select_related("by")],
        "outcomes": [_outcome(outcome) for outcome in ticket.outcomes.select_related("by")],
        "chain": {
            "ticket": ticket.pk,
            "length": ticket.chain_length,
            "head": ticket.chain_head,
            "entries": [_entry(event) for event in ticket.events.order_by("position")],
        },
        "anchors": _anchors(ticket),
    }


def _ticket(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.pk,
        "subject": ticket.subject,
        "status": ticket.status,
        "source": ticket.source,
        "language": ticket.language,
        "customer": {"name": ticket.customer.name, "email": ticket.customer.email},
        "account": ticket.account.name if ticket.account else None,
        "key_ending": ticket.key.last_four if ticket.key else None,
        "charged": ticket.charged,
        "opened_at": ticket.created_at.isoformat(),
        "resolved_at": ticket.resolved_at and ticket.resolved_at.isoformat(),
        "merged_into": ticket.merged_into_id,
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "kind": message.kind,
        "by": str(message.author) if message.author else None,
        "at": message.created_at.isoformat(),
        "text": message.body,
    }


def _value(row: Any) -> dict[str, Any]:
    return {"value": row.value, "origin": row.origin}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.verdict,
        "cause": verdict.cause,
        "layer": verdict.layer,
        "confidence": verdict.confidence,
        "rule_set": verdict.rule_set,
        "rules": [rule.get("id") for rule in verdict.trace.get("fired", ())],
        "by": str(verdict.by) if verdict.by else None,
        "reason": verdict.reason,
        "at": verdict.created_at.isoformat(),
        "is_current": verdict.is_current,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "cause": outcome.cause,
        "in_plain_words": outcome.plain,
        "charged": outcome.charged,
        "retried": outcome.retried,
        "result": outcome.result,
        "by": str(outcome.by) if outcome.by else None,
        "at": outcome.created_at.isoformat(),
    }


def _entry(event: Event) -> dict[str, Any]:
    return {
        "position": event.position,
        "kind": event.kind,
        "actor": event.actor,
        "at": event.at.isoformat(),
        "data": event.data,
        "salt": event.salt,
        "digest": event.digest,
        "previous": event.previous,
        "hash": event.hash,
    }


def _anchors(ticket: Ticket) -> dict[str, Any]:
    """Every anchor since the first that holds the chain, and the way from the chain to the root of each that does."""
    held = list(AnchoredChain.objects.filter(ticket=ticket).order_by("length"))
    if not held:
        return {"heads": [], "proofs": []}
    anchors = Anchor.objects.filter(number__gte=held[0].anchor_id).order_by("number")
    return {"heads": [head_of(anchor) for anchor in anchors], "proofs": [_proof(row) for row in held]}


def _proof(row: AnchoredChain) -> dict[str, Any]:
    rows = AnchoredChain.objects.filter(anchor=row.anchor_id).order_by("ticket_id")
    leaves, at = [], 0
    for place, each in enumerate(rows.iterator(2000)):
        at = place if each.ticket_id == row.ticket_id else at
        leaves.append(leaf_of(each.leaf))
    return {"anchor": row.anchor_id, "leaf": row.leaf, "way": proof_of(leaves, at)}
