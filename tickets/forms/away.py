from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .moment import stop_if_not_ahead


class AwayForm(forms.Form):
    """How long somebody is away, in the zone of whoever says so."""

    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: until you, or an admin, say otherwise."),
        error_messages={"invalid": _("Write a date and a time, such as 2026-01-31 09:00.")},
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=200, help_text=_("What colleagues should know.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "away-%s", **kwargs})  # several forms share one page

    def clean_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["until"]
        if until is not None:
            stop_if_not_ahead(until, timezone.now())
        return until


class CapacityForm(forms.Form):
    capacity = forms.IntegerField(
        label=_("Tickets at once"),
        required=False,
        min_value=0,
        max_value=10_000,
        help_text=_(
            "Rules give no more while so many tickets in their hands wait on us. Empty sets no bound; "
            "assigning by hand is always possible."
        ),
    )
