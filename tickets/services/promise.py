"""A promised time in words, which the list shows and the form reads back."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR, DAY = 60, 1440  # minutes


def written(minutes: int) -> str:
    """As short as it stays exact: 30 min · 1 h 30 min · 24 h · 60 h · 3 days"""
    if minutes >= 2 * DAY and minutes % DAY == 0:
        return ngettext("%(count)d day", "%(count)d days", minutes // DAY) % {"count": minutes // DAY}
    if minutes < HOUR:
        return _("%(count)d min") % {"count": minutes}
    if minutes % HOUR == 0:
        return _("%(count)d h") % {"count": minutes // HOUR}
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // HOUR, "minutes": minutes % HOUR}
