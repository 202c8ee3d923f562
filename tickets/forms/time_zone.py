from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

from .select import PlainSelect


class TimeZoneField(forms.ChoiceField):
    """Offers the zones that this machine knows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=_known, widget=PlainSelect, **options)


@cache  # looked for on the disk
def _known() -> tuple[tuple[str, str], ...]:
    return tuple((zone, zone) for zone in sorted(available_timezones()))
