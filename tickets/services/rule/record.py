"""What became of each rule: on how many tickets it fired, and how often a person then agreed or decided otherwise.

Counted is the engine's newest verdict on a ticket. A rule that another one silenced said nothing that could be wrong.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, Value, When

from tickets.models import RuleFiring, Ticket, Verdict
from triage.engine.verdict import Diagnosis

Outcome = RuleFiring.Outcome


@dataclass(frozen=True, slots=True)
class Record:
    fired: int = 0
    agreed: int = 0
    overruled: int = 0


def note_firings(verdict: Verdict, diagnosis: Diagnosis, word: Verdict | None) -> None:
    """`word` is what a person decided on this ticket before, if anybody did."""
    RuleFiring.objects.filter(ticket_id=verdict.ticket_id).delete()
    RuleFiring.objects.bulk_create(
        RuleFiring(
            rule=rule.id,
            cause=rule.cause,
            ticket_id=verdict.ticket_id,
            verdict=verdict,
            is_silenced=bool(rule.silenced_by),
            outcome=_outcome(rule.cause, word.cause) if word and not rule.silenced_by else Outcome.OPEN,
        )
        for rule in {rule.id: rule for rule in diagnosis.fired}.values()
    )


def note_word(ticket: Ticket, cause: str | None) -> None:
    """A person named this cause; None where the word was taken back."""
    fired = RuleFiring.objects.filter(ticket=ticket, is_silenced=False)
    if cause is None:
        fired.update(outcome=Outcome.OPEN)
    else:
        fired.update(
            outcome=Case(When(cause=cause, then=Value(Outcome.AGREED)), default=Value(Outcome.OVERRULED))
        )


def records_of(rules: Iterable[str]) -> Mapping[str, Record]:
    """One statement for all of them."""
    rows = (
        RuleFiring.objects.filter(rule__in=list(rules))
        .values(name=F("rule"))
        .annotate(
            fired=Count("pk"),
            agreed=Count("pk", filter=Q(outcome=Outcome.AGREED)),
            overruled=Count("pk", filter=Q(outcome=Outcome.OVERRULED)),
        )
    )
    return {row["name"]: Record(row["fired"], row["agreed"], row["overruled"]) for row in rows}


def _outcome(cause: str, decided: str) -> str:
    return Outcome.AGREED if cause == decided else Outcome.OVERRULED
