"""The hand-off to an engineer: made once, its card completed by people."""

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any

from django.db import transaction

from tickets.models import Escalation, Person, Ticket

from . import outbox
from .escalation_card import card_from_evidence
from .event import CUSTOMER, record
from .redaction import safe_words

WRITTEN = ("symptom", "current_state", "last_good_at", "reproduction", "mitigation", "next_review")
CARD = ("owner", *WRITTEN, "review_at")


class CardChanged(ValueError):
    """Somebody else changed the card since it was read."""


@transaction.atomic
def escalate(ticket: Ticket, *, by: Person, reason: str) -> Escalation:
    """Hand the ticket to engineering, the card filled from the evidence.

    Asked twice, it answers with the escalation that already stands.
    """
    reason = safe_words(reason)
    escalation, created = Escalation.objects.get_or_create(
        ticket=ticket,
        closed_at=None,
        defaults={"by": by, "reason": reason, **card_from_evidence(ticket, language=by.language)},
    )
    if created:
        record(ticket, "escalated", by=by, reason=reason)
        outbox.add("mail_escalation", escalation, key=f"escalation:{escalation.pk}")
    return escalation


@transaction.atomic
def complete(escalation: Escalation, *, by: Person, card: Mapping[str, Any], seen: str = "") -> list[str]:
    """Write on the card; answers the names of the fields that changed.

    `seen` is the digest of the card as the writer saw it: raises CardChanged, with nothing stored, where it is
    another one by now.
    """
    Ticket.objects.select_for_update(of=("self",)).only("pk").get(escalations=escalation.pk)
    standing = Escalation.objects.select_for_update(of=("self",)).get(pk=escalation.pk)
    if seen and seen != digest_of(standing):
        raise CardChanged
    given = {
        field: safe_words(value) if field in WRITTEN else value
        for field, value in card.items()
        if field in CARD
    }
    changed = [field for field, value in given.items() if getattr(standing, field) != value]
    escalation.state = standing.state
    for field, value in given.items():
        setattr(escalation, field, value)
    if changed:
        if "owner" in changed and standing.state == Escalation.State.WAITING and escalation.owner:
            escalation.state = Escalation.State.ACCEPTED  # who is named as owner has it
        escalation.save(update_fields=[*changed, "state"])
        values = {field: _plain(given[field]) for field in changed}
        record(escalation.ticket, "handoff_completed", by=by, fields=changed, card=values)
    return changed


def customer_spoke(ticket: Ticket) -> None:
    """What went back for evidence comes to the gate again with the customer's next word."""
    asked = ticket.escalations.open().filter(state=Escalation.State.ASKED)
    if asked.update(state=Escalation.State.WAITING):
        record(ticket, "escalation_returned", by=CUSTOMER)


def digest_of(escalation: Escalation) -> str:
    """The same for the same words on the card."""
    card = [_plain(getattr(escalation, field)) for field in CARD]
    return blake2s(repr(card).encode(), digest_size=8).hexdigest()


def _plain(value: Any) -> str:
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
