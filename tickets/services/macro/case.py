"""A ticket as macros see it: read once, tested by many."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from tickets.models import CannedReply, Person, Role, Ticket, Verdict
from triage.engine.compare import holds_for
from triage.engine.rule import When

from ..missing import missing_facts
from ..reply import SuggestedReply, suggested_replies
from ..snooze import waits_for_incident


@dataclass(frozen=True)
class Case:
    ticket: Ticket
    by: Person

    def meets(self, when: When) -> bool:
        return holds_for(when, self.signals)

    @cached_property
    def signals(self) -> dict[str, object]:
        """What conditions may test; what is not known is not there."""
        ticket = self.ticket
        known = {
            "verdict": ticket.verdict,
            "cause": ticket.cause,
            "layer": self.verdict.layer if self.verdict else None,
            "sureness": str(ticket.sureness),
            "confirmed": ticket.verdict_by_person,
            "status": ticket.status,
            "language": ticket.language,
            "tag": self.tags or None,
            "missing": self.missing or None,
            "unanswered": ticket.is_unanswered,
            "assigned": ticket.assignee_id is not None,
            "mine": ticket.assignee_id == self.by.pk,
            "escalated": self.is_escalated,
            "incident": waits_for_incident(ticket),
        }
        evidence = {"charged": ticket.charged, **self.evidence}
        return {name: value for name, value in {**evidence, **known}.items() if value is not None}

    @cached_property
    def verdict(self) -> Verdict | None:
        return self.ticket.current_verdict()

    @cached_property
    def evidence(self) -> dict[str, object]:
        return self.ticket.known_evidence()

    @cached_property
    def missing(self) -> tuple[str, ...]:
        return missing_facts(self.ticket, self.evidence)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        return tuple(self.ticket.tags.values_list("name", flat=True))

    @cached_property
    def is_escalated(self) -> bool:
        return self.ticket.escalations.open().exists()

    @cached_property
    def suggested(self) -> SuggestedReply | None:
        return next(
            iter(suggested_replies(self.ticket, language=self.by.language, limit=1, by=self.by)), None
        )

    @cached_property
    def reply_names(self) -> frozenset[str]:
        return frozenset(CannedReply.objects.offered().visible_to(self.by).values_list("slug", flat=True))

    @cached_property
    def worker_ids(self) -> frozenset[int]:
        return frozenset(workers().values_list("pk", flat=True))


def workers() -> QuerySet[Person]:
    """Those whom a ticket may be given to."""
    return Person.objects.filter(is_active=True).exclude(role=Role.BILLING)
