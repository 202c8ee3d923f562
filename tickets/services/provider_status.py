"""How the provider of a ticket stands, as open incidents tell it."""

from collections.abc import Mapping

from django.db.models import Q

from tickets.models import Incident, Ticket

STATES = {
    Incident.State.INVESTIGATING: "outage",
    Incident.State.IDENTIFIED: "outage",
    Incident.State.MONITORING: "degraded",
}


def provider_status(ticket: Ticket, known: Mapping[str, object]) -> dict[str, str]:
    """The `provider_status` of the engine's context; empty where no open incident covers the ticket: its own, or one
    of its provider and, where the incident is about one model or error, of that. `known` is the ticket's evidence.
    """
    provider, model = (str(known.get(field) or "") for field in ("provider", "model"))
    covers = Q(pk=ticket.incident_id)
    if provider:
        covers |= Q(provider__iexact=provider) & Q(
            model__in=["", model], fingerprint__in=["", ticket.fingerprint]
        )
    incident = Incident.objects.open().filter(covers).order_by("opened_at").first()
    if incident is None:
        return {}
    return {
        "provider": incident.provider or provider,
        "state": STATES[Incident.State(incident.state)],
        "since": incident.opened_at.isoformat(),
    }
