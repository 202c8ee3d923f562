"""Who is in which ticket just now: viewing it or writing an answer. Kept in the cache only, it may be forgotten.

Each person has an entry of their own, so that two people never write over each other; a roster says whose entries
to look for. A name that two beats at once drop from the roster is back with that person's next beat.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from django.core.cache import cache

from tickets.models import Person

LASTS = 15  # seconds after the last beat
ROSTER = "here"
ROSTER_LASTS = 3600


class State(StrEnum):
    VIEWING = "viewing"
    REPLYING = "replying"


@dataclass(frozen=True, slots=True)
class Here:
    """A person in a ticket. Who is replying in one window and viewing in another is replying."""

    person: int
    name: str
    initials: str
    state: State

    @property
    def is_replying(self) -> bool:
        return self.state is State.REPLYING


class Entry(TypedDict):
    name: str
    initials: str
    until: dict[tuple[int, State], float]  # ticket and state


def beat(number: int, person: Person, state: State = State.VIEWING) -> None:
    """The person is in the ticket now."""
    now, key = time.time(), _key(person.pk)
    kept = cache.get_many([key, ROSTER])
    until = {what: end for what, end in kept[key]["until"].items() if end > now} if key in kept else {}
    until[number, state] = now + LASTS
    cache.set(key, Entry(name=str(person), initials=person.initials, until=until), LASTS)
    roster = kept.get(ROSTER, frozenset())
    if person.pk not in roster:
        cache.set(ROSTER, roster | {person.pk}, ROSTER_LASTS)


def of(numbers: Iterable[int], *, besides: Person) -> dict[int, list[Here]]:
    """Who else is in these tickets; in each, those who reply come first. Tickets that nobody is in are left out."""
    now, asked = time.time(), set(numbers)
    found: dict[int, list[Here]] = defaultdict(list)
    for pk, entry in _others(besides.pk):
        states: dict[int, State] = {}
        for (number, state), end in entry["until"].items():
            if number in asked and end > now and states.get(number) is not State.REPLYING:
                states[number] = state
        for number, state in states.items():
            found[number].append(Here(pk, entry["name"], entry["initials"], state))
    return {
        number: sorted(people, key=lambda here: (not here.is_replying, here.name, here.person))
        for number, people in found.items()
    }


def _others(besides: int) -> Iterable[tuple[int, Entry]]:
    people = cache.get(ROSTER, frozenset()) - {besides}
    entries = cache.get_many([_key(pk) for pk in people]) if people else {}
    return ((pk, entries[_key(pk)]) for pk in sorted(people) if _key(pk) in entries)


def _key(person: int) -> str:
    return f"here:{person}"
