"""The people whom the rows of a page name, looked up once for all of them."""

from collections.abc import Collection
from typing import Any

from django.db import models

from tickets.models import Person
from tickets.models.person import SAID

from .ahead import Call, answers_of
from .compiled import Compiled


def name_people(reader: Person, **rows: Collection[models.Model]) -> None:
    """Fill in whom these rows name by a relation, such as `by=events`: with what pages say of somebody, without
    their settings.

    One statement, and none where nobody but the reader is named. Joined to each kind of row, the same few people
    take longer than all their rows.
    """
    people = {reader.pk: reader, **{person.pk: person for person in answers_of(people_calls(reader, **rows))}}
    for relation, named in rows.items():
        for row in named:
            number = getattr(row, f"{relation}_id")
            if number in people:
                setattr(row, relation, people[number])


def people_calls(reader: Person, **rows: Collection[models.Model]) -> list[Call]:
    """What `name_people` asks."""
    numbers = {getattr(row, f"{relation}_id") for relation in rows for row in rows[relation]}
    return [(_people, sorted(numbers - {None, reader.pk}))]


@Compiled
def _people(numbers: Any) -> models.QuerySet[Person]:
    return Person.objects.only(*SAID).filter(pk__in=numbers)
