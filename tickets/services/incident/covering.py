"""What an incident changes for the verdict of a ticket that it covers."""

from collections.abc import Sequence

from tickets.models import Incident, Ticket, VerdictChoice

from ..verdict import judge


def judge_covered(incident_id: int, numbers: Sequence[int]) -> None:
    """The job after tickets were attached: those that are still of the incident."""
    incident = Incident.objects.get(pk=incident_id)
    for ticket in Ticket.objects.filter(pk__in=numbers, incident=incident).order_by("pk"):
        judge_anew(ticket, incident)


def judge_anew(ticket: Ticket, incident: Incident) -> None:
    """Where the rules had not found the provider's trouble themselves. A person's word stays: the rules speak beside
    it.
    """
    said = ticket.verdicts.filter(by=None).last()
    if ticket.is_resolved or said is None or said.verdict == VerdictChoice.PROVIDER_INCIDENT:
        return
    judge(ticket, covered_by=incident)
