"""The rules of the work on one page: who gets new tickets, who is away, and what was changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tickets import permissions
from tickets.forms.assignment_rule import people_who_work
from tickets.models import (
    AssignmentMember,
    AssignmentRule,
    AssignmentWait,
    BusinessCalendar,
    Macro,
    Person,
    SlaPolicy,
    Team,
)
from tickets.services.assignment import load_of
from tickets.services.language import listed
from tickets.services.promise import written as promised
from tickets.services.setting_change import About, Kind, SettingChange, last_changes

from .rail import rail_of
from .request import DeskRequest, desk_view

CHANGES_SHOWN = 12
PROMISES = ("first_reply", "next_reply", "solve")  # in minutes
ABOUT: dict[str, type[models.Model]] = {
    About.RULE: AssignmentRule,
    About.PERSON: Person,
    About.TEAM: Team,
    About.MACRO: Macro,
    About.CALENDAR: BusinessCalendar,
    About.POLICY: SlaPolicy,
}


@require_safe
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    permissions.require(permissions.can_manage_work(request.user))
    people = list(people_who_work())
    load = load_of(people)
    members = AssignmentMember.objects.select_related("person").order_by("person__name")
    context = {
        "policies": _with_hidden(SlaPolicy.objects.select_related("calendar")),
        "calendars": BusinessCalendar.objects.annotate(holiday_count=Count("holidays")),
        "rules": _with_hidden(AssignmentRule.objects.prefetch_related(Prefetch("members", members))),
        "people": [(person, load.get(person.pk, 0)) for person in people],
        "waiting": AssignmentWait.objects.count(),
        "changes": [
            ChangeLine(change, sentence_of(change), details_of(change))
            for change in last_changes(CHANGES_SHOWN)
        ],
        **rail_of(request.user),
    }
    return render(request, "curation/work.html", context)


def _with_hidden(rows: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each rule or policy with the one in use before it that fits all its tickets, if there is one."""
    seen: list[Any] = []
    found = []
    for row in rows:
        found.append((row, next((other for other in seen if _covers(other, row)), None)))
        if row.is_active:
            seen.append(row)
    return found


def _covers(other: Any, row: Any) -> bool:
    """Whether whatever `row` fits, `other` fits too."""
    return all(
        getattr(other, field, "").casefold() in ("", getattr(row, field, "").casefold())
        for field in ("verdict", "tier", "language")
    )


@dataclass(frozen=True, slots=True)
class ChangeLine:
    change: SettingChange
    sentence: str
    details: str


def sentence_of(change: SettingChange) -> str:
    return _("%(about)s “%(name)s” %(done)s") % {
        "about": str(change.about.label).capitalize(),
        "name": change.name,
        "done": change.kind.label,
    }


def details_of(change: SettingChange) -> str:
    """What it was and what it is: `mode: round robin → by load`; of something new, nothing was before."""
    if change.kind != Kind.SAVED:
        return ""
    return "; ".join(
        _label(change.about, field)
        if field == "hours"
        else f"{_label(change.about, field)}: {_said(change, field, before)} → {_said(change, field, now)}"
        for field, (before, now) in change.fields.items()
    )


def _label(about: str, name: str) -> str:
    field = _field(about, name)
    if field is None:
        return {"people": _("people"), "holidays": _("holidays")}.get(name, name)
    return str(field.verbose_name)


def _field(about: str, name: str) -> Any:
    try:
        return ABOUT[about]._meta.get_field(name)
    except (KeyError, FieldDoesNotExist):
        return None


def _said(change: SettingChange, name: str, value: Any) -> str:
    """A choice by its title, a promised time with its unit."""
    choices = dict(getattr(_field(change.about, name), "flatchoices", ()))
    if isinstance(value, str) and value in choices:
        return str(choices[value])
    if change.about == About.POLICY and name in PROMISES and isinstance(value, int):
        return promised(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return listed(value) or _("none")
    if value in (None, ""):
        return _("none")
    try:
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "Y-m-d H:i")
    except (TypeError, ValueError):
        return str(value)
