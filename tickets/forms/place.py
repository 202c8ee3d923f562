from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext as _


class PlaceForm(forms.ModelForm):
    """A row that has a place among others, of which the first that fits applies: a new one comes last, and no two
    share a place.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            last = self._meta.model.objects.aggregate(last=Max("position"))["last"]
            self.initial["position"] = 0 if last is None else last + 1

    def clean_position(self) -> int:
        """Where two share a place from before, each can still be saved as it is."""
        position: int = self.cleaned_data["position"]
        others = self._meta.model.objects.exclude(pk=self.instance.pk).filter(position=position)
        is_kept = self.instance.pk is not None and "position" not in self.changed_data
        if not is_kept and (other := others.first()):
            raise forms.ValidationError(
                _("“%(name)s” has the place %(position)d. Choose another one."),
                params={"name": other.name, "position": position},
            )
        return position
