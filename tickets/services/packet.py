"""Everything an engineer needs about an escalation as one document: for its page, to download, and to print.

Shape of `packet_of`, all texts redacted as they are stored: {"format", "made_at", "ticket": {…}, "handoff": {…},
"verdict": {…} or null, "error": {"fingerprint", "normalised", "raw"}, "evidence": {field: {"value", "origin"}},
"rules": {"fired", "nearly"}, "failures": {"hours", "total", "last_at", "kinds"} or null, "incident": {…} or null,
"similar": [{…}], "decisions": [{…}], "chain": {"length", "head"}}.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tickets.models import Escalation, EvidenceValue, Incident, Person, Ticket, Verdict

from .recent_failures import recent_failures
from .similar import Similar, similar_to

FORMAT = 1


def packet_of(escalation: Escalation, *, reader: Person) -> dict[str, Any]:
    ticket = escalation.ticket
    evidence = ticket.current_evidence()
    verdict = ticket.current_verdict()
    trace = verdict.trace if verdict else {}
    return {
        "format": FORMAT,
        "made_at": _moment(timezone.now()),
        "ticket": _ticket(ticket),
        "handoff": _handoff(escalation),
        "verdict": verdict and _verdict(verdict),
        "error": {
            "fingerprint": ticket.fingerprint,
            "normalised": trace.get("fingerprint", {}).get("normalised", ""),
            "raw": str(evidence["raw_error"].value) if "raw_error" in evidence else "",
        },
        "evidence": {field: _value(row) for field, row in evidence.items()},
        "rules": {"fired": trace.get("fired", []), "nearly": trace.get("nearly", [])},
        "failures": _failures({field: row.value for field, row in evidence.items()}),
        "incident": _incident(ticket.incident) if ticket.incident else None,
        "similar": [_similar(each) for each in similar_of(ticket, evidence, reader=reader)],
        "decisions": [
            {"decision": made.kind, "by": str(made.by or ""), "at": _moment(made.at), "answer": made.answer}
            for made in escalation.decisions.select_related("by")
        ],
        "chain": {"length": ticket.chain_length, "head": ticket.chain_head},
    }


def similar_of(ticket: Ticket, evidence: dict[str, EvidenceValue], *, reader: Person) -> Sequence[Similar]:
    known = {field: row.value for field, row in evidence.items()}
    return similar_to(
        ticket, reader=reader, words=(ticket.subject, str(known.get("raw_error", ""))), known=known
    )


def _ticket(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "url": _address("ticket", ticket.number),
        "subject": ticket.subject,
        "status": ticket.status,
        "language": ticket.language,
        "source": ticket.source,
        "customer": str(ticket.customer),
        "account": ticket.account.name if ticket.account else None,
        "tier": ticket.account.tier if ticket.account else None,
        "key_ending": ticket.key.last_four if ticket.key else None,
        "charged": ticket.charged,
        "opened_at": _moment(ticket.created_at),
    }


def _handoff(escalation: Escalation) -> dict[str, Any]:
    return {
        "state": escalation.state if escalation.closed_at is None else "closed",
        "reason": escalation.reason,
        "by": str(escalation.by or ""),
        "at": _moment(escalation.created_at),
        "owner": str(escalation.owner) if escalation.owner else None,
        "user_visible_symptom": escalation.symptom,
        "current_state": escalation.current_state,
        "last_known_good_time": escalation.last_good_at,
        "reproduction_step": escalation.reproduction,
        "mitigation": escalation.mitigation,
        "next_review_point": _moment(escalation.review_at),
        "what_to_look_at_then": escalation.next_review,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.verdict,
        "cause": verdict.cause,
        "layer": verdict.layer,
        "confidence": verdict.confidence,
        "rule_set": verdict.rule_set,
        "by_person": verdict.by_id is not None,
        "reason": verdict.reason,
    }


def _value(row: EvidenceValue) -> dict[str, Any]:
    return {"value": row.value, "origin": row.origin}


def _incident(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.pk,
        "url": _address("incident", incident.pk),
        "title": incident.title,
        "state": incident.state,
        "opened_at": _moment(incident.opened_at),
        "provider": incident.provider,
        "model": incident.model,
        "route": incident.route,
    }


def _failures(known: dict[str, Any]) -> dict[str, Any] | None:
    found = recent_failures(known)
    if found is None:
        return None
    kinds = [asdict(each) for each in found.kinds]
    return {"hours": found.hours, "total": found.total, "last_at": _moment(found.last_at), "kinds": kinds}


def _similar(each: Similar) -> dict[str, Any]:
    other = each.ticket
    return {
        "number": other.number,
        "url": _address("ticket", other.number),
        "subject": other.subject,
        "cause": other.cause,
        "status": other.status,
        "ended": each.result,
        "same_error": each.same_error,
        "shares": [*each.words, *each.same],
        "opened_at": _moment(other.created_at),
    }


def _address(name: str, pk: int) -> str:
    return settings.BASE_URL + reverse(name, args=[pk])


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
