"""The gate in front of engineering: each escalation is taken, known already, sent back for evidence, or declined.

An answer always goes back to who handed the ticket over, as a note on it.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tickets.models import Escalation, EscalationDecision, Incident, Person, Ticket
from triage.engine.evidence import FIELDS

from .assignment import assign
from .escalation_card import FIRST_REVIEW
from .event import record
from .incident.states import attach
from .language import listed
from .message import add_note
from .redaction import safe_words
from .status import set_status

Kind, State = EscalationDecision.Kind, Escalation.State


class DecidedMeanwhile(ValueError):
    """It no longer stands as it was seen: somebody decided, or the ticket was resolved."""

    def __init__(self, escalation: Escalation) -> None:
        super().__init__(f"escalation {escalation.pk} was decided meanwhile")
        self.escalation = escalation


def standing_of(escalation: Escalation) -> str:
    """How it stands at the gate: what a decision was based on."""
    closed = "closed" if escalation.closed_at else escalation.state
    return f"{closed}:{escalation.owner_id or ''}"


@transaction.atomic
def accept(escalation: Escalation, *, by: Person, seen: str = "") -> EscalationDecision:
    """Take it: whoever takes it owns it, and looks at it within hours."""
    _hold(escalation, seen)
    soon = timezone.now() + FIRST_REVIEW
    if escalation.review_at is None or escalation.is_overdue:
        escalation.review_at = soon
    escalation.owner, escalation.state = by, State.ACCEPTED
    escalation.save(update_fields=["owner", "state", "review_at"])
    return _decide(escalation, Kind.ACCEPTED, by)


@transaction.atomic
def know(
    escalation: Escalation,
    *,
    by: Person,
    incident: Incident | None = None,
    other: Ticket | None = None,
    answer: str = "",
    seen: str = "",
) -> EscalationDecision:
    """It is of an open incident, or known from another ticket: nothing is left to find out here."""
    _hold(escalation, seen)
    ticket = escalation.ticket
    if incident is not None:
        attach([ticket], incident, by=by)
        lead = _("Known: it is of the incident “%(title)s”.") % {"title": incident.title}
    elif other is not None:
        lead = _("Known from #%(number)d.") % {"number": other.number}
    else:
        raise ValueError("it is known from an incident or from a ticket")
    _close(escalation)
    made = _decide(escalation, Kind.KNOWN, by, answer, incident=incident, other=other)
    _hand_back(escalation, by, lead, answer)
    return made


@transaction.atomic
def ask_back(
    escalation: Escalation, *, by: Person, answer: str, fields: Sequence[str] = (), seen: str = ""
) -> EscalationDecision:
    """It cannot be decided on what is known. It comes to the gate again with the customer's next word."""
    _hold(escalation, seen)
    escalation.state = State.ASKED
    escalation.save(update_fields=["state"])
    made = _decide(escalation, Kind.NEED_EVIDENCE, by, answer, fields=list(fields))
    names = [FIELDS[field].in_language(by.language) for field in fields if field in FIELDS]
    lead = _("Before it can be looked at, this is needed: %(what)s") % {"what": listed(names)}
    _hand_back(escalation, by, lead if names else _("Before it can be looked at, more is needed."), answer)
    return made


@transaction.atomic
def decline(escalation: Escalation, *, by: Person, answer: str, seen: str = "") -> EscalationDecision:
    """It is nothing for engineering; the answer says why, and what to do instead."""
    _hold(escalation, seen)
    _close(escalation)
    made = _decide(escalation, Kind.DECLINED, by, answer)
    _hand_back(escalation, by, _("The escalation was declined."), answer)
    return made


@transaction.atomic
def return_to_gate(escalation: Escalation, *, by: Person) -> None:
    """What was asked for is there. Where it does not wait for that, nothing happens."""
    _hold(escalation, "")
    if escalation.state == State.ASKED:
        escalation.state = State.WAITING
        escalation.save(update_fields=["state"])
        record(escalation.ticket, "escalation_returned", by=by)


def _hold(escalation: Escalation, seen: str) -> None:
    """Lock the ticket, then its escalation, and read how it stands. Raises DecidedMeanwhile."""
    Ticket.objects.select_for_update(of=("self",)).only("pk").get(escalations=escalation.pk)
    escalation.refresh_from_db(from_queryset=Escalation.objects.select_for_update(of=("self",)))
    if escalation.closed_at is not None or (seen and seen != standing_of(escalation)):
        raise DecidedMeanwhile(escalation)


def _decide(
    escalation: Escalation,
    kind: EscalationDecision.Kind,
    by: Person,
    answer: str = "",
    *,
    incident: Incident | None = None,
    other: Ticket | None = None,
    fields: Sequence[str] = (),
) -> EscalationDecision:
    decision = EscalationDecision.objects.create(
        escalation=escalation, kind=kind, by=by, answer=safe_words(answer), incident=incident, other=other
    )
    record(
        escalation.ticket,
        f"escalation_{kind}",
        by=by,
        decision=decision.pk,
        incident=incident and incident.pk,
        title=incident.title if incident else "",
        other=other and other.pk,
        fields=list(fields),
    )
    return decision


def _close(escalation: Escalation) -> None:
    escalation.closed_at = timezone.now()
    escalation.save(update_fields=["closed_at"])


def _hand_back(escalation: Escalation, by: Person, lead: str, answer: str) -> None:
    """The answer stands on the ticket, which waits on us again, in the hands of whoever escalated it."""
    ticket = escalation.ticket
    add_note(ticket, by=by, body="\n\n".join(filter(None, [lead, answer.strip()])))
    if ticket.assignee_id is None and escalation.by is not None and escalation.by.is_active:
        assign(ticket, to=escalation.by, by=by)
    set_status(ticket, Ticket.Status.OPEN, by=by)
