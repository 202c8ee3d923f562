"""Opening hours and holidays as an admin types them."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import BusinessCalendar
from tickets.services.business_time import DAY, Shift
from tickets.services.opening import from_to, written

from .time_zone import TimeZoneField

MOST_HOLIDAYS = 400
_SHIFT = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–—~]\s*(\d{1,2})(?::(\d{2}))?")
_HOLIDAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\s*(.*)")
_FULL_WIDTH = str.maketrans("：，、～－；", ":,,~-,")


class HoursField(forms.CharField):
    """The shifts of one day: `09:00-12:00, 13:00-18:00`; `22:00-06:00` goes on into the next day."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": "09:00-18:00", "autocomplete": "off"}
        super().__init__(required=False, max_length=120, widget=forms.TextInput(attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Shift]:
        text = str(super().clean(value)).translate(_FULL_WIDTH)
        shifts = sorted(self._shift(part.strip()) for part in text.split(",") if part.strip())
        for (start, end), (following, _end) in pairwise(shifts):
            if following < end:
                raise forms.ValidationError(
                    _("%(one)s and %(other)s overlap.")
                    % {"one": from_to(start, end), "other": from_to(following, _end)}
                )
        return shifts

    def _shift(self, text: str) -> Shift:
        found = _SHIFT.fullmatch(text)
        if found is None:
            raise forms.ValidationError(
                _(
                    "“%(text)s” is no time of opening. Write 09:00-18:00; with a break 09:00-12:00, 13:00-18:00."
                )
                % {"text": text}
            )
        hours, minutes, end_hours, end_minutes = (int(part or 0) for part in found.groups())
        start, end = hours * 60 + minutes, end_hours * 60 + end_minutes
        if start >= DAY or end > DAY or minutes > 59 or end_minutes > 59:
            raise forms.ValidationError(_("“%(text)s” is no time of a day.") % {"text": text})
        if start == end:
            raise forms.ValidationError(
                _("“%(text)s” has no length. For the whole day write 00:00-24:00.") % {"text": text}
            )
        return (start, end) if end > start else (start, end + DAY)


class HolidaysField(forms.CharField):
    """A day a line, with its name: `2026-12-25 Christmas`. Cleans to a dict of names by day."""

    def clean(self, value: Any) -> dict[date, str]:
        days: dict[date, str] = {}
        for number, line in enumerate(str(super().clean(value)).splitlines(), start=1):
            if not line.strip():
                continue
            day, name = self._day(number, line.strip())
            if day in days:
                raise forms.ValidationError(
                    _("Line %(number)d: %(day)s stands there twice.") % {"number": number, "day": day}
                )
            days[day] = name
        if len(days) > MOST_HOLIDAYS:
            raise forms.ValidationError(_("Up to %(count)d holidays fit.") % {"count": MOST_HOLIDAYS})
        return days

    def _day(self, number: int, line: str) -> tuple[date, str]:
        found = _HOLIDAY.fullmatch(line)
        try:
            if found is None:
                raise ValueError
            return date(int(found[1]), int(found[2]), int(found[3])), found[4][:120]
        except ValueError as problem:
            raise forms.ValidationError(
                _("Line %(number)d: write a date first, such as 2026-12-25 Christmas.") % {"number": number}
            ) from problem


class CalendarForm(forms.ModelForm):
    zone = TimeZoneField(label=gettext_lazy("Time zone"))
    holidays = HolidaysField(
        label=gettext_lazy("Holidays"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(
            attrs={"rows": 6, "placeholder": "2026-12-25 Christmas", "spellcheck": "false"}
        ),
        help_text=gettext_lazy(
            "One in a line, the date first. A shift that would begin on it does not take place."
        ),
    )

    class Meta:
        model = BusinessCalendar
        fields = ("name", "zone", "always_open")
        error_messages: ClassVar[dict[str, Any]] = {
            "name": {"unique": gettext_lazy("Another calendar has this name.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            self.fields[f"day{number}"] = HoursField(label=name)
            self.initial[f"day{number}"] = self.instance.hours[number]
        self.order_fields(
            [*self.Meta.fields, *(f"day{number}" for number in WEEKDAYS), "holidays"]
        )  # of the page
        if self.instance.pk:
            lines = (f"{each.day} {each.name}".strip() for each in self.instance.holidays.all())
            self.initial["holidays"] = "\n".join(lines)

    @property
    def days(self) -> Iterator[forms.BoundField]:
        return (self[f"day{number}"] for number in WEEKDAYS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(f"day{number}" in self.errors for number in WEEKDAYS):
            return data
        week: list[list[Shift]] = [data[f"day{number}"] for number in WEEKDAYS]
        if not data.get("always_open") and not any(week):
            self.add_error(
                "day0", _("No day is open. Write hours for one day at least, or tick “always open”.")
            )
        for number, shifts in enumerate(week):
            self._check_night(number, shifts, week[(number + 1) % 7])
        self.instance.hours = [[list(shift) for shift in shifts] for shifts in week]
        return data

    def _check_night(self, number: int, shifts: list[Shift], following: list[Shift]) -> None:
        """A night shift may not run into the first shift of the day after."""
        if shifts and following and shifts[-1][1] - DAY > following[0][0]:
            self.add_error(
                f"day{(number + 1) % 7}",
                _("%(one)s of the day before and %(other)s overlap.")
                % {"one": from_to(*shifts[-1]), "other": from_to(*following[0])},
            )
