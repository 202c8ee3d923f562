"""Words that people of the desk put on tickets, in one spelling."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tickets.models import Person, Tag, Ticket

from .compiled import Compiled
from .event import record
from .redaction import safe_words
from .search.index import index
from .search.tokens import normalise

LONGEST = 40  # characters, as the field takes
MOST = 20  # tags of one ticket


def normalised(name: str) -> str:
    """Lower case, words joined by hyphens, without what would part or quote it; empty where nothing is left."""
    words = re.sub(r"[^\w.+\-]+", "-", normalise(safe_words(name).lstrip("#")))
    return re.sub(r"-{2,}", "-", words)[:LONGEST].strip("-.")


def names_in(text: str) -> list[str]:
    """The tags that a person typed, parted by commas, in one spelling, each once."""
    return _spelled(re.split(r"[,，、;；\n]", text))


def set_tags(ticket: Ticket, names: Iterable[str], *, by: Person) -> list[str]:
    """The ticket has these tags and no others, the first MOST of them; what it has now."""
    wanted = _spelled(names)[:MOST]
    return _change(ticket, by, lambda before: wanted)


def add_tag(ticket: Ticket, name: str, *, by: Person) -> list[str]:
    return _change(ticket, by, lambda before: _spelled([*before, name])[:MOST])


def remove_tag(ticket: Ticket, name: str, *, by: Person) -> list[str]:
    gone = normalised(name)
    return _change(ticket, by, lambda before: [each for each in before if each != gone])


def change_tags(
    ticket: Ticket, *, add: Iterable[str] = (), remove: Iterable[str] = (), by: Person
) -> list[str]:
    """Some tags more, some less, in one event."""
    more, gone = _spelled(add), _spelled(remove)
    return _change(
        ticket, by, lambda before: [one for one in _spelled([*before, *more]) if one not in gone][:MOST]
    )


@Compiled
def tag_names(ticket: Any) -> QuerySet[Tag, str]:
    return _of(ticket).values_list("name", flat=True)


def _of(ticket: Any) -> QuerySet[Tag]:
    return Tag.objects.filter(tickets=ticket)


@transaction.atomic
def _change(ticket: Ticket, by: Person, wanted: Callable[[list[str]], list[str]]) -> list[str]:
    """One event tells what came and what went; nothing is told where nothing did."""
    Ticket.objects.select_for_update(of=("self",)).only("pk").get(pk=ticket.pk)
    before = list(_of(ticket.pk).values_list("name", flat=True))
    after = wanted(before)
    added = [name for name in after if name not in before]
    removed = [name for name in before if name not in after]
    if added or removed:
        ticket.tags.remove(*Tag.objects.filter(name__in=removed))
        ticket.tags.add(*(Tag.objects.get_or_create(name=name)[0] for name in added))
        record(ticket, "tags_set", by=by, added=added, removed=removed)
        index(ticket)
    return sorted(after)


def _spelled(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(normalised, names))))
