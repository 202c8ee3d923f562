from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import Person, Role
from tickets.models.person import SAID
from tickets.services.compiled import Compiled

from .select import PlainSelect


class People(ModelChoiceIterator):
    """Everybody on offer, looked up by a statement made once: the choice stands on each ticket's page."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield "", self.field.empty_label
        for person in people_on_offer():
            yield person.pk, self.field.label_from_instance(person)


class PersonField(forms.ModelChoiceField):
    """Offers everybody who can have a ticket; says of whom is away that they are."""

    iterator = People

    def __init__(self, **options: Any) -> None:
        super().__init__(assignable(), **options)

    def label_from_instance(self, person: Person) -> str:
        return _("%(name)s (away)") % {"name": person} if person.is_away else str(person)


def assignable() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True).exclude(role=Role.BILLING).order_by("name").only(*SAID)


people_on_offer = Compiled(assignable)


class AssignmentForm(forms.Form):
    to = PersonField(
        label=gettext_lazy("Assignee"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
        widget=PlainSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "assign-%s", **kwargs})  # several forms share one page
