"""Moments and days that a database and a calendar can work with, in every zone."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

YEARS = range(1971, 9000)
LONGEST = timedelta(days=366)


class MomentField(forms.DateTimeField):
    default_error_messages = {"invalid": _("Write a time, such as 2026-01-31 14:05.")}

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except OverflowError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return _bounded(self, moment)


def stop_if_not_ahead(moment: datetime, now: datetime) -> None:
    """What waits for a moment waits for one that comes, and not for ever. Raises ValidationError."""
    if moment <= now:
        raise forms.ValidationError(_("That moment is over. Choose a later one."))
    if moment > now + LONGEST:
        raise forms.ValidationError(_("Choose a moment within the next year."))


class DayField(forms.DateField):
    def to_python(self, value: Any) -> date | None:
        return _bounded(self, super().to_python(value))


def _bounded(field: forms.Field, value: Any) -> Any:
    if value is not None and value.year not in YEARS:
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid")
    return value
