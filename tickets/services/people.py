"""The people whom the rows of a page name, looked up once for all of them."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from tickets.models import Person
from tickets.models.person import SAID

from .compiled import Compiled


def name_people(reader: Person, **rows: Iterable[models.Model]) -> None:
    """Fill in whom these rows name by a relation, such as `by=events`: with what pages say of somebody, without
    their settings.

    One statement, and none where nobody but the reader is named. Joined to each kind of row, the same few people
    take longer than all their rows.
    """
    named = {relation: [(row, getattr(row, f"{relation}_id")) for row in rows[relation]] for relation in rows}
    numbers = {number for pairs in named.values() for _row, number in pairs} - {None, reader.pk}
    people = {reader.pk: reader, **{person.pk: person for person in _people(sorted(numbers))}}
    for relation, pairs in named.items():
        for row, number in pairs:
            if number in people:
                setattr(row, relation, people[number])


@Compiled
def _people(numbers: Any) -> models.QuerySet[Person]:
    return Person.objects.only(*SAID).filter(pk__in=numbers)
