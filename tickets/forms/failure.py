from collections.abc import Mapping
from datetime import datetime
from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from .moment import MomentField

HOURS = [
    ("1", _("last hour")),
    ("6", _("last 6 hours")),
    ("24", _("last 24 hours")),
    ("168", _("last 7 days")),
]
SHOWN = "6"  # hours, where nothing was chosen


class FailureFilter(forms.Form):
    """Which failures are looked at; all of it stands in the address. What does not fit is left aside."""

    hours = forms.ChoiceField(label=_("Time"), choices=HOURS, required=False)
    provider = forms.CharField(label=_("Provider"), max_length=80, required=False)
    model = forms.CharField(label=_("Model"), max_length=120, required=False)
    route = forms.CharField(label=_("Route"), max_length=120, required=False)
    group = forms.CharField(label=_("Group"), max_length=80, required=False)
    fingerprint = forms.RegexField(label=_("Error"), regex=r"^[0-9a-f]{16}$", required=False)
    since = MomentField(required=False, widget=forms.HiddenInput)  # both together win over the hours
    until = MomentField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Self:
        """As the address says; the last hours where it says nothing of the time that fits."""
        hours = address.get("hours", "")
        return cls(
            {
                **{name: address.get(name, "") for name in cls.base_fields},
                "hours": hours if hours in dict(HOURS) else SHOWN,
            }
        )

    @property
    def parameters(self) -> dict[str, str]:
        """The filters that are set and fit, as they stand in an address."""
        self.is_valid()
        return {
            name: value.isoformat() if isinstance(value, datetime) else str(value)
            for name, value in self.cleaned_data.items()
            if value
        }
