"""How the provider of a ticket stands, as open incidents tell it, else its own status page, else our probes."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils import timezone

from tickets.models import Incident, ProviderNotice, Ticket

from .probe import failing_since

STATES = {
    Incident.State.INVESTIGATING: "outage",
    Incident.State.IDENTIFIED: "outage",
    Incident.State.MONITORING: "degraded",
}
BAD = (ProviderNotice.Impact.MAJOR, ProviderNotice.Impact.CRITICAL)


def provider_status(ticket: Ticket, known: Mapping[str, object]) -> dict[str, str]:
    """The `provider_status` of the engine's context; empty where no open incident covers the ticket, no official
    notice goes on and no probe fails. An incident covers its own tickets, and those of its provider and, where it is
    about one model or error, of that. `known` is the ticket's evidence. `told_by` is for people: the engine leaves
    it aside.
    """
    provider, model = (str(known.get(field) or "") for field in ("provider", "model"))
    covers = Q(pk=ticket.incident_id)
    if provider:
        covers |= Q(provider__iexact=provider) & Q(
            model__in=["", model], fingerprint__in=["", ticket.fingerprint]
        )
    incident = Incident.objects.open().filter(covers).order_by("opened_at").first()
    if incident is None:
        return (_by_its_own_account(provider, model) or _by_probes(provider, model)) if provider else {}
    return {
        "provider": incident.provider or provider,
        "told_by": "incident",
        "state": STATES[Incident.State(incident.state)],
        "since": incident.opened_at.isoformat(),
    }


def _by_its_own_account(provider: str, model: str) -> dict[str, str]:
    """What the provider itself says is going on; a trouble without impact is none."""
    told = ProviderNotice.objects.current(timezone.now()).exclude(impact=ProviderNotice.Impact.NONE)
    notices = told.filter(provider__iexact=provider, model__in=["", model]).order_by("published_at")
    worst = max(notices[:50], key=lambda notice: notice.impact in BAD, default=None)
    if worst is None:
        return {}
    return {
        "provider": worst.provider,
        "told_by": "notice",
        "state": "outage" if worst.impact in BAD else "degraded",
        "since": worst.published_at.isoformat(),
    }


def _by_probes(provider: str, model: str) -> dict[str, str]:
    """A probe meets one way to the model only, so its failures never make an outage."""
    since = failing_since(provider, model, timezone.now()) if model else None
    if since is None:
        return {}
    return {"provider": provider, "told_by": "probe", "state": "degraded", "since": since.isoformat()}
