from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import Person, Role
from tickets.models.person import SAID

from .select import PlainSelect


class PersonField(forms.ModelChoiceField):
    """Says of whom is away that they are."""

    def label_from_instance(self, person: Person) -> str:
        return _("%(name)s (away)") % {"name": person} if person.is_away else str(person)


class AssignmentForm(forms.Form):
    to = PersonField(
        Person.objects.filter(is_active=True).exclude(role=Role.BILLING).order_by("name").only(*SAID),
        label=gettext_lazy("Assignee"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
        widget=PlainSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "assign-%s", **kwargs})  # several forms share one page
