"""The checklist of a ticket: the runbook's steps for its verdict and layer, what people added, and who did what."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tickets.models import ChecklistItem, Person, Ticket
from triage.engine.catalogue.checklists import checklist_for, load_checklists
from triage.engine.verdict import Words

from .catalogue import cause_named
from .event import record
from .redaction import safe_words


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to do. `key` names it in a form: a step of the runbook, or `own-7`."""

    key: str
    words: Words
    done_by: Person | None = None
    done_at: datetime | None = None
    added_by: Person | None = None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


def checklist_of(ticket: Ticket) -> list[Point]:
    """Steps that fit the verdict now, steps that were ticked under an earlier one, then people's own."""
    rows = list(ticket.checklist.select_related("done_by", "added_by"))
    ticked = {row.step: row for row in rows if row.step}
    fitting = [step.id for step in checklist_for(ticket.verdict, cause_named(ticket.cause).layer)]
    earlier = [step for step, row in ticked.items() if row.is_done and step not in fitting]
    steps = load_checklists()
    points = [
        _of_step(step, steps[step].do, ticked.get(step)) for step in (*fitting, *earlier) if step in steps
    ]
    return [*points, *(_own(row) for row in rows if not row.step)]


@transaction.atomic
def add_point(ticket: Ticket, *, words: str, by: Person) -> ChecklistItem:
    item = ticket.checklist.create(words=safe_words(words)[:200], added_by=by)
    record(ticket, "checklist_added", by=by, words=item.words)
    return item


@transaction.atomic
def tick(ticket: Ticket, *, key: str, done: bool, by: Person) -> bool:
    """Note that something was done, or that it was not after all. False where there is no such point.

    Said twice, it stays as it was said first.
    """
    item = _item(ticket, key, by)
    if item is None:
        return False
    if item.is_done == done:
        return True
    item.done_by, item.done_at = (by, timezone.now()) if done else (None, None)
    item.save(update_fields=["done_by", "done_at"])
    record(ticket, "checklist_done" if done else "checklist_undone", by=by, step=item.step, words=item.words)
    return True


def words_of(step: str, words: str) -> Words:
    """What a point said, for the history; a step that the runbook lost is shown by its id."""
    known = load_checklists().get(step)
    return known.do if known else Words(words or step, words or step)


def _item(ticket: Ticket, key: str, by: Person) -> ChecklistItem | None:
    own = key.removeprefix("own-")
    if own != key:
        return ticket.checklist.filter(pk=int(own), step="").first() if own.isdecimal() else None
    if key not in load_checklists():
        return None
    return ticket.checklist.get_or_create(step=key, defaults={"added_by": by})[0]


def _of_step(key: str, do: Words, row: ChecklistItem | None) -> Point:
    return Point(key, do, row.done_by, row.done_at) if row else Point(key, do)


def _own(row: ChecklistItem) -> Point:
    return Point(f"own-{row.pk}", Words(row.words, row.words), row.done_by, row.done_at, row.added_by)
