"""How the rules of the work are said: when a ticket wakes, how long until its deadline."""

import json
from datetime import datetime, timedelta
from itertools import groupby

from django import template
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.models import BusinessCalendar, Person, SlaClock, Snooze
from tickets.services.language import listed
from tickets.services.opening import written
from tickets.services.promise import written as promised

register = template.Library()


@register.filter
def wakes(snooze: Snooze) -> str:
    """wakes 09:00 · wakes Mon 09:00 · wakes 2026-12-24 09:00 · until reply · until incident ends"""
    if snooze.until == Snooze.Until.REPLY:
        return _("until reply")
    if snooze.until == Snooze.Until.INCIDENT or snooze.wakes_at is None:
        return _("until incident ends")
    return _("wakes %(when)s") % {"when": moment(snooze.wakes_at)}


@register.filter
def away_words(person: Person) -> str:
    """Ana Petrov is away until Mon 09:00: training"""
    named = {"name": person, "when": moment(person.away_until) if person.away_until else ""}
    words = _("%(name)s is away until %(when)s") if person.away_until else _("%(name)s is away")
    said = words % named
    if not person.away_note:
        return said
    return _("%(words)s: %(note)s") % {"words": said, "note": person.away_note}


@register.filter
def minutes(count: int) -> str:
    """A promise as short as it stays exact: 30 min, 4 h, 3 days."""
    return promised(count)


@register.filter
def opening(calendar: BusinessCalendar) -> str:
    """Mon–Fri 09:00-18:00 · Sat 10:00-14:00"""
    if calendar.always_open:
        return _("always")
    parts = []
    for hours, days in groupby(range(7), key=lambda day: written(calendar.hours[day])):
        run = [str(WEEKDAYS_ABBR[day]) for day in days]
        if hours:
            parts.append(f"{run[0]}–{run[-1]} {hours}" if len(run) > 1 else f"{run[0]} {hours}")
    return " · ".join(parts)


@register.filter
def time_left(at: datetime) -> str:
    """1 h 20 min left · late by 12 min"""
    seconds = (at - timezone.now()).total_seconds()
    words = _duration(abs(seconds))
    return (_("%(time)s left") if seconds >= 0 else _("late by %(time)s")) % {"time": words}


@register.filter
def is_late(at: datetime) -> bool:
    return at < timezone.now()


@register.simple_tag
def durations() -> str:
    """The words of `time_left` and `waited` for the script that lets them go on, as JSON."""
    return json.dumps(
        {
            "left": _("%(time)s left"),
            "late": _("late by %(time)s"),
            "minutes": _("%(count)d min"),
            "hours": _("%(count)d h"),
            "both": _("%(hours)d h %(minutes)d min"),
            "day": ngettext("%(count)d day", "%(count)d days", 1),
            "days": ngettext("%(count)d day", "%(count)d days", 2),
        },
        ensure_ascii=False,
    )


def _duration(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:
        return _("%(count)d min") % {"count": minutes}
    if minutes < 48 * 60 and minutes % 60 == 0:
        return _("%(count)d h") % {"count": minutes // 60}
    if minutes < 48 * 60:
        return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}
    return ngettext("%(count)d day", "%(count)d days", minutes // 1440) % {"count": minutes // 1440}


@register.filter
def moment(at: datetime) -> str:
    """A moment near now, as short as it stays clear: 09:00 · Mon 09:00 · 2026-12-24 09:00"""
    now, local = timezone.localtime(), timezone.localtime(at)
    if local.date() == now.date():
        return date_format(local, "H:i")
    if abs(local - now) < timedelta(days=6):
        return date_format(local, "D H:i")
    return date_format(local, "Y-m-d H:i")


@register.filter
def clock_words(clock: SlaClock) -> str:
    """Which promise counts and why: `Standard: first reply within 4 h` · `paused: waiting for the customer`"""
    if clock.pause:
        return _("%(promise)s, paused: %(reason)s") % {
            "promise": _promise(clock),
            "reason": clock.get_pause_display(),
        }
    return _promise(clock)


@register.filter
def clock_why(clock: SlaClock) -> str:
    """By what its policy is for: `because: Provider incident, tier gold` · `for every ticket`"""
    policy = clock.policy
    if policy is None:
        return ""
    tier = _("tier %(tier)s") % {"tier": policy.tier} if policy.tier else ""
    fits = [part for part in (policy.get_verdict_display() if policy.verdict else "", tier) if part]
    return _("because: %(reasons)s") % {"reasons": listed(fits)} if fits else _("for every ticket")


def _promise(clock: SlaClock) -> str:
    policy = clock.policy
    named = {
        "policy": policy.shown_name if policy else "",
        "kind": clock.get_kind_display(),
        "time": promised(round(clock.promised.total_seconds() / 60) if clock.promised else 0),
        "calendar": "" if policy is None or policy.calendar.always_open else str(policy.calendar),
    }
    if named["calendar"]:
        return _("%(policy)s: %(kind)s within %(time)s, %(calendar)s") % named
    return _("%(policy)s: %(kind)s within %(time)s") % named
