"""How correlation is set, by admins."""

from django.db import transaction

from tickets.models import Correlation, Person
from tickets.services.setting_change import About, Kind, differences, note_change, state_of

FIELDS = ("is_on", "window", "failures", "accounts")


def correlation_settings() -> Correlation:
    return Correlation.objects.get_or_create(pk=1)[0]


@transaction.atomic
def save_correlation(correlation: Correlation, *, by: Person) -> None:
    """Leaves `judged_until` to those who judge."""
    stored = Correlation.objects.select_for_update().get(pk=correlation.pk)
    changed = differences(state_of(stored, FIELDS), state_of(correlation, FIELDS))
    if changed:
        correlation.save(update_fields=FIELDS)
        note_change(About.INCIDENTS, Kind.SAVED, correlation, by=by, data=changed)
