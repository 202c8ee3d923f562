"""One short word that differs when anything on any ticket changed: what open pages ask for every few seconds."""

from datetime import timedelta

from django.utils import timezone

from tickets.models import Event

SETTLES = timedelta(seconds=10)


def revision() -> str:
    """One look at the end of the primary key of the events, for every change is an event.

    A transaction may commit after one that began later, so the newest number alone is no proof that nothing came:
    while it is fresh the word differs each time. It also differs every minute, for what time alone changes.
    """
    now = timezone.now()
    newest = Event.objects.order_by("-pk").values_list("pk", "at").first()
    if newest is None:
        return f"0-{now:%H%M}"
    is_settled = newest[1] < now - SETTLES
    return f"{newest[0]}-{now:%H%M}" if is_settled else f"{newest[0]}-{now:%H%M%S%f}"
