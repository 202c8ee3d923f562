from typing import ClassVar
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Person


class PreferenceForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(zone, zone) for zone in sorted(available_timezones())]
    )

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = [
            "name",
            "language",
            "time_zone",
            "theme",
            "density",
            "undo_seconds",
            "single_keys",
        ]


class SingleKeysForm(forms.ModelForm):
    """The one switch of single-key shortcuts."""

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["single_keys"]
