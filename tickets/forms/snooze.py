from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Snooze, Ticket
from tickets.services.snooze import waits_for_incident
from tickets.services.wake_times import wake_time

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the menu; `hint` says which moment it means."""

    slug: str
    title: str | Promise
    until: str
    wakes_at: datetime | None = None

    @property
    def hint(self) -> str:
        return date_format(self.wakes_at, "D H:i") if self.wakes_at else ""


def choices_for(tickets: Sequence[Ticket], now: datetime) -> Sequence[Choice]:
    """What the menu offers at this moment; mornings are those of the zone that `now` is in.

    The end of the incident is offered where every ticket waits for one.
    """
    in_an_hour, tomorrow, monday = (wake_time(each, now) for each in ("hour", "tomorrow", "monday"))
    choices = [
        Choice("hour", _("In 1 hour"), Snooze.Until.TIME, in_an_hour),
        Choice("tomorrow", _("Tomorrow morning"), Snooze.Until.TIME, tomorrow),
        Choice("monday", _("Monday morning"), Snooze.Until.TIME, monday),
        Choice("reply", _("Until the customer answers"), Snooze.Until.REPLY),
    ]
    if monday == tomorrow:
        del choices[2]
    if tickets and all(waits_for_incident(ticket) for ticket in tickets):
        choices.append(Choice("incident", _("Until the incident ends"), Snooze.Until.INCIDENT))
    return choices


class SnoozeForm(forms.Form):
    """A line of the menu, or `own` with a time in the person's zone."""

    choice = forms.CharField(max_length=10)
    at = forms.DateTimeField(
        label=_("Another time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write a date and a time, such as 2026-01-31 09:00.")},
    )

    def __init__(self, *args: Any, tickets: Sequence[Ticket], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "snooze-%s", **kwargs})  # several forms share one page
        self.now = timezone.localtime()
        self.choices = choices_for(tickets, self.now)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("choice") == "own":
            given["until"], given["wakes_at"] = Snooze.Until.TIME, self._own_time()
            return given
        chosen = next((each for each in self.choices if each.slug == given.get("choice")), None)
        if chosen is None:
            raise forms.ValidationError(_("It cannot be put aside that way."))
        given["until"], given["wakes_at"] = chosen.until, chosen.wakes_at
        return given

    def _own_time(self) -> datetime | None:
        at: datetime | None = self.cleaned_data.get("at")
        if "at" in self.errors:
            return None
        if at is None or not self.now < at <= self.now + LONGEST:
            self.add_error("at", _("Choose a moment within the next year."))
        return at
