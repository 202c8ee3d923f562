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
