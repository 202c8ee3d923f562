"""The hand-off to an engineer."""

from django.db import transaction

from tickets.models import Escalation, Person, Ticket

from .catalogue import cause_named
from .event import record
from .redaction import safe_words


@transaction.atomic
def escalate(ticket: Ticket, *, by: Person, reason: str) -> Escalation:
    """Hand the ticket to engineering, the card filled from the evidence.

    Asked twice, it answers with the escalation that already stands.
    """
    reason = safe_words(reason)
    escalation, created = Escalation.objects.get_or_create(
        ticket=ticket, closed_at=None, defaults={"by": by, "reason": reason, **_card(ticket)}
    )
    if created:
        record(ticket, "escalated", by=by, reason=reason)
    return escalation


def _card(ticket: Ticket) -> dict[str, str]:
    """What the evidence alone can say on the card; people complete the rest."""
    values = {field: row.value for field, row in ticket.current_evidence().items()}
    title = cause_named(ticket.cause).title.in_language(ticket.language)
    facts = [
        f"{name}: {values[name]}"
        for name in ("http_status", "error_code", "model", "endpoint")
        if name in values
    ]
    found = [f"{name}: {values[name]}" for name in ("request_id", "task_id", "occurred_at") if name in values]
    return {
        "symptom": ticket.subject,
        "current_state": "\n".join([title, *facts]),
        "reproduction": "\n".join(found),
    }
