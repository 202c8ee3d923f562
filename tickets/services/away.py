"""Who is away and gets nothing new, and how much one person can have in hand."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tickets.models import Person

from .redaction import safe_words
from .setting_change import About, Kind, differences, note_change, state_of

AWAY = ("away_since", "away_until", "away_note")


@transaction.atomic
def go_away(person: Person, *, by: Person, until: datetime | None, note: str = "") -> None:
    """From now on they get nothing new, until the moment named or until somebody says that they are back."""
    before = state_of(person, AWAY)
    person.away_since = person.away_since if person.is_away else timezone.now()
    person.away_until, person.away_note = until, safe_words(note)[:200]
    _save(person, AWAY, before, by)


@transaction.atomic
def come_back(person: Person, *, by: Person) -> None:
    if person.away_since is None:
        return
    before = state_of(person, AWAY)
    person.away_since, person.away_until, person.away_note = None, None, ""
    _save(person, AWAY, before, by)


@transaction.atomic
def set_capacity(person: Person, capacity: int | None, *, by: Person) -> None:
    """How many tickets may wait on them before rules give them no more; None sets no bound."""
    before = state_of(person, ["capacity"])
    person.capacity = capacity
    _save(person, ("capacity",), before, by)


def _save(person: Person, fields: tuple[str, ...], before: dict[str, object], by: Person) -> None:
    person.save(update_fields=fields)
    changed = differences(before, state_of(person, fields))
    if changed:
        note_change(About.PERSON, Kind.SAVED, person, by=by, data=changed)
