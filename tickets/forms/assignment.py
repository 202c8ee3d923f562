from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import Person, Role
from tickets.models.person import SAID
from tickets.services.compiled import Compiled

from .select import PlainSelect


class People(ModelChoiceIterator):
    """Everybody on offer, `field.first` before the others, looked up by a statement made once: the choice stands on
    each ticket's page.
    """

    field: "PersonField"

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        first = [person for person in self.people if person.pk == self.field.first]
        yield from map(self._choice_of, first)
        yield "", self.field.empty_label
        yield from (self._choice_of(person) for person in self.people if person not in first)

    @cached_property
    def people(self) -> list[Person]:
        """Asked for once: a field is looked through more often while it is drawn."""
        return people_on_offer()

    def _choice_of(self, person: Person) -> tuple[Any, Any]:
        return person.pk, self.field.label_from_instance(person)


class PersonField(forms.ModelChoiceField):
    """Offers everybody who can have a ticket; says of whom is away that they are."""

    iterator = People
    first: int | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(assignable(), **options)

    def label_from_instance(self, person: Person) -> str:
        return _("%(name)s (away)") % {"name": person} if person.is_away else str(person)


def assignable() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True).exclude(role=Role.BILLING).order_by("name").only(*SAID)


people_on_offer = Compiled(assignable)


class AssignmentForm(forms.Form):
    """Who has it; whoever looks, `by`, stands first, and is chosen as long as nobody has it."""

    to = PersonField(
        label=gettext_lazy("Assignee"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
        widget=PlainSelect,
    )

    def __init__(self, *args: Any, by: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "assign-%s", **kwargs})  # several forms share one page
        if by is not None:
            self.fields["to"].first = by.pk  # type: ignore[attr-defined]
            self.initial["to"] = self.initial.get("to") or by.pk
