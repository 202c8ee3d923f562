"""A verdict that a person overruled as a case of a rule: what it must fire on, or keep quiet on, from now on."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tickets.models import Person, RuleEntry, RuleSet, Ticket, Verdict
from triage.engine.catalogue.written import as_yaml, raw_of, read_written

from ..redaction import make_storable
from .drafting import begin_draft, save_rule
from .listing import row_of, rows_of

QUIET, FIRES = "quiet_on", "fires_on"


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule that this text could become a case of."""

    kind: str
    rule: str
    cause: str
    why: str


def word_on(ticket: Ticket) -> Verdict | None:
    """The person's word that decided otherwise than the engine, if that is what stands."""
    standing = ticket.current_verdict()
    if standing is None or standing.by_id is None or standing.answers is None:
        return None
    return standing if standing.answers.cause != standing.cause else None


def offers(word: Verdict, draft: RuleSet | None) -> list[Offer]:
    """The rules that had fired for another cause must keep quiet; any rule of the right cause may be made to fire."""
    judged = word.answers
    fired = judged.trace.get("fired", ()) if judged else ()
    wrong = [
        Offer(QUIET, rule["id"], rule["cause"], "")
        for rule in fired
        if rule["cause"] != word.cause and not rule["silenced_by"]
    ]
    right = [
        Offer(FIRES, row.rule.id, row.rule.cause, "")
        for row in rows_of(draft)
        if row.rule.cause == word.cause
    ]
    return wrong + right


@transaction.atomic
def add_case(rule: str, kind: str, text: str, *, by: Person) -> RuleEntry | None:
    """Into the draft. The text is masked once more; None where there is no such rule."""
    draft = begin_draft(by=by)
    row = row_of(draft, rule)
    if row is None or row.is_off:
        return None
    written = row.entry.written if row.entry and row.entry.written else as_yaml(raw_of(row.rule))
    raw: dict[str, Any] = read_written(written).raw
    safe = make_storable(text).text.strip()
    if safe not in raw.get(kind, []):
        raw[kind] = [*raw.get(kind, []), safe]
    again = as_yaml(raw)
    made = read_written(again).rule
    if made is None:
        return None
    return save_rule(draft, made, again, by=by, was=rule)
