"""Presence in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2s

from django.utils.translation import gettext as _

from tickets.services.presence import Here


@dataclass(frozen=True, slots=True)
class Present:
    """Who else is in one ticket, those who reply first. `others` are those whose avatar finds no place."""

    people: tuple[Here, ...]

    @property
    def first(self) -> Here:
        return self.people[0]

    @property
    def others(self) -> int:
        return len(self.people) - 1

    @property
    def sentence(self) -> str:
        return " · ".join(map(sentence_of, self.people))


def sentence_of(here: Here) -> str:
    if here.is_replying:
        return _("%(name)s is replying") % {"name": here.name}
    return _("%(name)s is viewing") % {"name": here.name}


def digest_of(here: dict[int, list[Here]]) -> str:
    """The same for the same people in the same states; tells nothing."""
    states = sorted((number, each.person, each.state) for number, people in here.items() for each in people)
    return blake2s(repr(states).encode(), digest_size=6).hexdigest() if states else ""


def present(people: Iterable[Here]) -> Present | None:
    there = tuple(people)
    return Present(there) if there else None
