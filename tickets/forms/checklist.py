from django import forms
from django.utils.translation import gettext_lazy as _


class PointForm(forms.Form):
    """Something to do on this ticket that the runbook does not have."""

    words = forms.CharField(
        label=_("Something else to do"),
        max_length=200,
        error_messages={"required": _("Say in a few words what is to be done.")},
    )
