from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Charge

from .moment import MomentField
from .verdict import cause_choices

ALL = "all"
STATES = [*Charge.State.choices, (ALL, _("whatever the state"))]


class ChargeFilter(forms.Form):
    """Which charges are looked at; all of it stands in the address. What does not fit is left aside."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    provider = forms.CharField(label=_("Provider"), max_length=80, required=False)
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    account = forms.CharField(label=_("Account"), max_length=200, required=False)
    currency = forms.RegexField(label=_("Currency"), regex=r"^[A-Za-z]{3,8}$", required=False)
    least = forms.DecimalField(label=_("Due at least"), min_value=0, max_digits=16, required=False)
    most = forms.DecimalField(label=_("Due at most"), min_value=0, max_digits=16, required=False)
    model = forms.CharField(max_length=160, required=False, widget=forms.HiddenInput)
    since = MomentField(required=False, widget=forms.HiddenInput)
    until = MomentField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [("", _("any")), *cause_choices()]  # type: ignore[attr-defined]
        for name, size in (("provider", 12), ("account", 14), ("currency", 5)):
            self.fields[name].widget.attrs["size"] = size

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Self:
        """As the address says; what is to be decided where it says nothing of the state that fits."""
        given = {name: address.get(name, "") for name in cls.base_fields}
        if given["state"] not in dict(STATES):
            given["state"] = Charge.State.OPEN
        return cls(given)

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are set and fit, as values."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    @property
    def parameters(self) -> dict[str, str]:
        """The same as they stand in an address."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else str(value)
            for name, value in self.chosen.items()
        }
