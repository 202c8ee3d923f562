"""Whether there is a public status page, as admins set it."""

from django.core.cache import cache
from django.db import transaction

from tickets.models import Person, StatusPage

from .setting_change import About, Kind, differences, note_change, state_of

FIELDS = ("is_on", "name")
KNOWN_FOR = 30  # seconds: every public page asks whether to link it


def status_page() -> StatusPage:
    """As it is set. Reading it writes nothing: strangers do."""
    return StatusPage.objects.filter(pk=1).first() or StatusPage(pk=1)


def has_status_page() -> bool:
    """Whether there is one, at most half a minute old in other processes."""
    return bool(cache.get_or_set("has-status-page", lambda: status_page().is_on, KNOWN_FOR))


@transaction.atomic
def save_status_page(page: StatusPage, *, by: Person) -> None:
    stored, _ = StatusPage.objects.select_for_update().get_or_create(pk=1)
    changed = differences(state_of(stored, FIELDS), state_of(page, FIELDS))
    if changed:
        page.pk = 1
        page.save()
        note_change(About.STATUS_PAGE, Kind.SAVED, page, by=by, data=changed)
        transaction.on_commit(lambda: cache.delete("has-status-page"))
