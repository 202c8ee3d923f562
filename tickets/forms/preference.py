from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Person

from .time_zone import TimeZoneField


class PreferenceForm(forms.ModelForm):
    time_zone = TimeZoneField(label=_("Time zone"))

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
        labels: ClassVar[dict[str, Any]] = {"name": _("Name")}


class SingleKeysForm(forms.ModelForm):
    """The one switch of single-key shortcuts."""

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["single_keys"]
