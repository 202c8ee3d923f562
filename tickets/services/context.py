"""What the desk itself knows beside the text: key and account, charge, who fails alike, how the provider stands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tickets.models import EvidenceValue, Ticket
from triage.engine.evidence import Value

from .alike import failing_alike
from .gateway_model import offered_context
from .provider_status import provider_status

NOTHING: Mapping[str, Value] = MappingProxyType({})


def context_of(
    ticket: Ticket,
    read: Mapping[str, Value] = NOTHING,
    *,
    standing: Mapping[str, EvidenceValue] | None = None,
) -> dict[str, Any]:
    """The `context` object of the engine for this ticket; parts that nothing is known of are left out. `read` is
    evidence that is not stored yet, `standing` the ticket's current evidence where it is at hand.
    """
    context: dict[str, Any] = {**offered_context(), **own_context(ticket)}
    alike = failing_alike(ticket)
    if alike:
        context["failing_alike"] = alike
    standing = ticket.current_evidence() if standing is None else standing
    known = {**read, **{field: row.value for field, row in standing.items()}}
    if status := provider_status(ticket, known):
        context["provider_status"] = status
    return context


def own_context(ticket: Ticket) -> dict[str, Any]:
    """The parts that the rows of the ticket itself hold."""
    context: dict[str, Any] = {}
    if ticket.account is not None and ticket.account.group:
        context["account"] = {"group": ticket.account.group}
    if ticket.key is not None:
        context["key"] = {"state": ticket.key.state, "group": ticket.key.group}
    if ticket.charged is not None:
        context["charged"] = ticket.charged
    return context
