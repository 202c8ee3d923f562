from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.services.ledger.period import Period

from .moment import DayField, MomentField

DAYS = [("7", _("last 7 days")), ("30", _("last 30 days")), ("90", _("last 90 days"))]
HOURS = [
    ("1", _("one hour")), ("6", _("6 hours")), ("24", _("24 hours")), ("168", _("7 days")), ("720", _("30 days")),
]  # fmt: skip
NONE = "none"  # in an address: where it is not known
LONGEST = timedelta(days=366)


class LedgerFilter(forms.Form):
    """Over which days; all of it stands in the address. What does not fit is left aside."""

    days = forms.ChoiceField(label=_("Time"), choices=DAYS, required=False)
    first = DayField(label=_("or from"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = DayField(label=_("to"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Self:
        days = address.get("days", "")
        return cls(
            {
                "days": days if days in dict(DAYS) else "7",
                "first": address.get("first", ""),
                "last": address.get("last", ""),
            }
        )

    @property
    def period(self) -> Period:
        self.is_valid()
        today = timezone.localdate()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last") or today
        if first is None or not first <= last <= first + LONGEST:
            first, last = today - timedelta(days=int(self.cleaned_data["days"]) - 1), today
        return Period.of_days(first, last)

    @property
    def parameters(self) -> dict[str, str]:
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class TimelineFilter(forms.Form):
    """Which provider, and up to which moment how long."""

    provider = forms.CharField(label=_("Provider"), max_length=80)
    hours = forms.ChoiceField(label=_("Time"), choices=HOURS, required=False)
    until = MomentField(
        label=_("up to"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Self:
        hours = address.get("hours", "")
        return cls(
            {
                "provider": address.get("provider", ""),
                "hours": hours if hours in dict(HOURS) else "24",
                "until": _as_typed(address.get("until", "")),
            }
        )

    @property
    def period(self) -> Period:
        """Whole minutes; up to the end of this one where no moment was named."""
        self.is_valid()
        until: datetime = self.cleaned_data.get("until") or timezone.now() + timedelta(minutes=1)
        until = until.replace(second=0, microsecond=0)
        return Period(until - timedelta(hours=int(self.cleaned_data.get("hours") or 24)), until)


def _as_typed(moment: str) -> str:
    """As the field takes and shows it, whatever zone the address names."""
    try:
        return f"{timezone.localtime(datetime.fromisoformat(moment)):%Y-%m-%dT%H:%M}"
    except (ValueError, OverflowError):
        return moment


class Behind(forms.Form):
    """What a number of the ledger counts: one provider, one model or `none`, and the time."""

    provider = forms.CharField(max_length=80)
    model = forms.CharField(max_length=160, required=False)
    since = MomentField()
    until = MomentField()

    @property
    def period(self) -> Period:
        data: dict[str, Any] = self.cleaned_data
        return Period(data["since"], data["until"])

    @property
    def is_without_model(self) -> bool:
        return bool(self.cleaned_data["model"] == NONE)

    @property
    def incidents(self) -> Q:
        """Which incidents are meant, as the ledger counts them."""
        meant = Q(provider=self.cleaned_data["provider"]) & self.period.overlaps("opened_at", "resolved_at")
        model = self.cleaned_data["model"]
        return meant & Q(model="" if self.is_without_model else model) if model else meant
