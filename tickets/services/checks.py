"""What is looked at before a text goes out to a customer: a list of small checks, each naming place and reason."""

import hashlib
from collections.abc import Callable, Collection, Iterable

from tickets.models import EvidenceValue, Ticket
from triage.engine.lint.attachment import attachment_objections
from triage.engine.lint.blame import blame_objections
from triage.engine.lint.language import language_objections
from triage.engine.lint.objection import Objection
from triage.engine.lint.reply import must_not_say
from triage.engine.lint.sentence import sentences

Check = Callable[[Ticket, str], Iterable[Objection]]  # of a reply's text


class HeldBack(Exception):
    """The text says something that must not be said. `objections` name each place and why."""

    def __init__(self, objections: tuple[Objection, ...]) -> None:
        super().__init__(", ".join(objection.code for objection in objections))
        self.objections = objections


def mark_of(body: str) -> str:
    """Which text a doubt was shown for: whoever is sure is sure of this one. White space makes no other text."""
    return hashlib.sha256(" ".join(body.split()).encode()).hexdigest()


def objections_to(ticket: Ticket, body: str) -> tuple[Objection, ...]:
    """What in a text for the customer must not be said, given what is known about the ticket."""
    return must_not_say(body, _facts(ticket))


def objections_to_reply(
    ticket: Ticket, body: str, *, sure: Collection[str] = (), has_files: bool = False
) -> tuple[Objection, ...]:
    """Everything that speaks against sending this reply. `sure` are codes of doubts the sender has read."""
    checks = BEFORE_SENDING if has_files else (*BEFORE_SENDING, _no_file)
    found = [objection for check in checks for objection in check(ticket, body)]
    return tuple(objection for objection in found if not (objection.is_doubt and objection.code in sure))


def _other_language(ticket: Ticket, body: str) -> Iterable[Objection]:
    return language_objections(body, ticket.language)


def _blame(ticket: Ticket, body: str) -> Iterable[Objection]:
    return blame_objections(tuple(sentences(body)))


def _no_file(ticket: Ticket, body: str) -> Iterable[Objection]:
    return attachment_objections(body)


BEFORE_SENDING: tuple[Check, ...] = (objections_to, _other_language, _blame)


def _facts(ticket: Ticket) -> dict[str, object]:
    task_state: EvidenceValue | None = ticket.current_evidence().get("task_state")
    return {
        "upstream_status_known": task_state is not None
        and task_state.origin in (EvidenceValue.Origin.GATEWAY, EvidenceValue.Origin.PERSON),
        "affected_group_confirmed": _affected_group_confirmed(ticket),
        "compensation_approved": ticket.compensations.granted().exists(),
    }


def _affected_group_confirmed(ticket: Ticket) -> bool:
    """An engineer has taken the escalation and written down the mitigation."""
    return ticket.escalations.filter(owner__isnull=False).exclude(mitigation="").exists()
