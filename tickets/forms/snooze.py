from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tickets.models import Snooze, Ticket
from tickets.models.ticket_state import NO_DEADLINE
from tickets.services.snooze import waits_for_incident
from tickets.services.wake_times import wake_time

from .moment import stop_if_not_ahead


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the menu; `hint` says which moment it means, `is_late` that a deadline lies before it."""

    slug: str
    title: str | Promise
    until: str
    wakes_at: datetime | None = None
    is_late: bool = False

    @property
    def hint(self) -> str:
        """09:00 of today · Mon 09:00"""
        if self.wakes_at is None:
            return ""
        is_today = self.wakes_at.date() == timezone.localdate(timezone=self.wakes_at.tzinfo)
        return date_format(self.wakes_at, "H:i" if is_today else "D H:i")


def choices_for(tickets: Sequence[Ticket], now: datetime) -> Sequence[Choice]:
    """What the menu offers at this moment; mornings are those of the zone that `now` is in.

    The end of the incident is offered where every ticket waits for one.
    """
    due_at = min((ticket.due_at for ticket in tickets), default=NO_DEADLINE)
    moments = {
        slug: (title, wake_time(slug, now))
        for slug, title in (
            ("hour", _("In 1 hour")),
            ("tomorrow", _("Tomorrow morning")),
            ("monday", _("Monday morning")),
        )
    }
    if moments["monday"][1] == moments["tomorrow"][1]:
        del moments["monday"]
    choices = [
        Choice(slug, title, Snooze.Until.TIME, at, is_late=at > due_at)
        for slug, (title, at) in moments.items()
    ]
    choices.append(Choice("reply", _("Until the customer answers"), Snooze.Until.REPLY))
    if tickets and all(waits_for_incident(ticket) for ticket in tickets):
        choices.append(Choice("incident", _("Until the incident ends"), Snooze.Until.INCIDENT))
    return choices


class SnoozeForm(forms.Form):
    """A line of the menu, or `own` with a time in the person's zone."""

    choice = forms.CharField(max_length=10)
    at = forms.DateTimeField(
        label=_("Another time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Choose the moment at which it wakes."),
            "invalid": _("Write a date and a time, such as 2026-01-31 09:00."),
        },
    )

    def __init__(self, *args: Any, tickets: Sequence[Ticket], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "snooze-%s", **kwargs})  # several forms share one page
        self.now = timezone.localtime()
        self.choices = choices_for(tickets, self.now)
        if self.is_bound:
            self.fields["at"].required = self.data.get("choice") == "own"

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
        if at is None:
            return None
        try:
            stop_if_not_ahead(at, self.now)
        except forms.ValidationError as problem:
            self.add_error("at", problem)
        return at
