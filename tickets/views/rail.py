"""The rail that stands beside every page of the desk: views with their counts, rooms with what waits in them."""

from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache

from tickets.models import Compensation, Escalation, FaqEntry, Incident, Person, SavedView
from tickets.permissions import (
    can_approve_compensation,
    can_change_view,
    can_edit_articles,
    can_read_escalations,
    can_read_incidents,
    can_see_evidence,
)
from tickets.services.counting import counts_of
from tickets.services.listing import listing_of, listing_of_view
from tickets.services.view import VIEWS, View


class Rail(TypedDict):
    """What the rail of a desk page shows."""

    views: list[tuple[View, int]]
    saved_views: list["RailView"]
    can_read_incidents: bool
    open_incidents: int
    can_read_escalations: bool
    waiting_escalations: int
    overdue_reviews: int
    waiting_compensations: int
    due_rechecks: int


def rail_of(person: Person, *, anew: bool = False) -> Rail:
    """What the rail of a page shows. Its numbers may be RAIL_SECONDS old, unless they are asked for anew or the
    person did something meanwhile: an open page asks for them as often.
    """
    key = _key_of(person)
    known = None if anew else cache.get(key)
    if known is None:
        known = _look(person)
        cache.set(key, known, settings.RAIL_SECONDS)
    saved, counts, (incidents, escalations, overdue, compensations, rechecks) = known
    return {
        "views": list(zip(VIEWS, counts, strict=False)),
        "saved_views": [
            RailView(each, saved_address(each), count, can_change_view(person, each))
            for each, count in zip(saved, counts[len(VIEWS) :], strict=True)
        ],
        "can_read_incidents": can_read_incidents(person),
        "open_incidents": incidents,
        "can_read_escalations": can_read_escalations(person),
        "waiting_escalations": escalations,
        "overdue_reviews": overdue,
        "waiting_compensations": compensations,
        "due_rechecks": rechecks,
    }


def forget_rail(person: Person) -> None:
    """The person did something: the next page counts anew."""
    cache.delete(_key_of(person))


def _key_of(person: Person) -> str:
    """What the person may see is part of it: with another role nothing of before is shown."""
    return f"rail:{person.pk}:{person.role}:{person.is_narrowed}"


def _look(person: Person) -> tuple[list[SavedView], list[int], list[int]]:
    """The saved views, how much each view holds, how much waits in each room. Two statements."""
    built_in = [listing_of_view(view, person) for view in VIEWS]
    saved = list(SavedView.objects.visible_to(person))
    kept = [listing_of(each.parameters, person, evidence=can_see_evidence(person)) for each in saved]
    escalations = Escalation.objects.visible_to(person)
    rooms = (
        Incident.objects.visible_to(person).open(),
        escalations.open().filter(state=Escalation.State.WAITING),
        escalations.overdue(),
        Compensation.objects.waiting_for(person)
        if can_approve_compensation(person)
        else Compensation.objects.none(),
        FaqEntry.objects.due() if can_edit_articles(person) else FaqEntry.objects.none(),
    )
    counts = counts_of([*built_in, *kept], *rooms)
    return saved, counts[: -len(rooms)], counts[-len(rooms) :]


@dataclass(frozen=True, slots=True)
class RailView:
    """A saved view as the rail shows it."""

    saved: SavedView
    address: str
    count: int
    may_change: bool


def saved_address(saved: SavedView) -> str:
    return "?" + urlencode({**saved.parameters, "saved": saved.pk or ""})
