"""How the rules of the work are said: when a ticket wakes, how long until its deadline."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tickets.models import Snooze

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
def moment(at: datetime) -> str:
    """A moment near now, as short as it stays clear: 09:00 · Mon 09:00 · 2026-12-24 09:00"""
    now, local = timezone.localtime(), timezone.localtime(at)
    if local.date() == now.date():
        return date_format(local, "H:i")
    if abs(local - now) < timedelta(days=6):
        return date_format(local, "D H:i")
    return date_format(local, "Y-m-d H:i")
