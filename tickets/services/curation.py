"""When a cause becomes a candidate, and how long articles keep: set by admins."""

from django.db import transaction

from tickets.models import Curation, Person

from . import outbox
from .setting_change import About, Kind, differences, note_change, state_of

FIELDS = ("tickets", "accounts", "window", "recheck_days", "attempt_days")


def curation_settings() -> Curation:
    return Curation.objects.get_or_create(pk=1)[0]


@transaction.atomic
def save_curation(curation: Curation, *, by: Person) -> None:
    stored = Curation.objects.select_for_update().get(pk=curation.pk)
    changed = differences(state_of(stored, FIELDS), state_of(curation, FIELDS))
    if changed:
        curation.save(update_fields=FIELDS)
        outbox.add("note_rechecks")
        note_change(About.CURATION, Kind.SAVED, curation, by=by, data=changed)
