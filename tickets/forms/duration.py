"""An amount of time as people write it, kept in minutes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.services.promise import DAY, HOUR, written

MOST = 366 * DAY
UNITS = {
    "m": 1, "min": 1, "minute": 1, "minutes": 1, "分": 1, "分钟": 1,
    "h": HOUR, "hour": HOUR, "hours": HOUR, "小时": HOUR, "时": HOUR,
    "d": DAY, "day": DAY, "days": DAY, "天": DAY, "日": DAY,
}  # fmt: skip
_PART = re.compile(r"(\d{1,7})\s*([^\W\d]*)[\s,，]*")


class MinutesField(forms.CharField):
    """`90`, `90 min`, `4 h`, `1 h 30 min`, `2 d`, `2 小时`; a day is 24 hours. Cleans to minutes, or None."""

    default_error_messages = {"duration": _("Write a time such as 30 min, 4 h or 2 d.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = str(super().clean(value)).lower()
        if not text:
            return None
        parts = list(_PART.finditer(text))
        known = all(not unit or unit in UNITS for _, unit in (part.groups() for part in parts))
        bare = [part for part in parts if not part.group(2)]
        if "".join(part.group() for part in parts) != text or not known or (bare and len(parts) > 1):
            raise forms.ValidationError(self.error_messages["duration"])
        minutes = sum(int(part.group(1)) * UNITS.get(part.group(2), 1) for part in parts)
        if not 0 < minutes <= MOST:
            raise forms.ValidationError(_("Promise at least a minute and at most a year."))
        return minutes
