from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Person, Role


class AssignmentForm(forms.Form):
    to = forms.ModelChoiceField(
        Person.objects.filter(is_active=True).exclude(role=Role.BILLING).order_by("name"),
        label=_("Assignee"),
        required=False,
        empty_label=_("Nobody"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "assign-%s", **kwargs})  # several forms share one page
