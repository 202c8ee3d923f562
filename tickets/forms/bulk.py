from django import forms

from tickets.models import BulkChange
from tickets.services.status import BY_HAND

from .assignment import AssignmentForm


class BulkForm(AssignmentForm):
    """One action on the selected tickets; `to` and `status` only count for the actions that use them."""

    action = forms.ChoiceField(choices=BulkChange.Action.choices)
    status = forms.ChoiceField(choices=[(status.value, status.label) for status in BY_HAND], required=False)
