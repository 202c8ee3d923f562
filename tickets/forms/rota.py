from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tickets.models import Person, RotaSeat
from tickets.services.rota import may_be_on_duty


class RotaForm(forms.Form):
    """A number beside each person who takes turns, in their order; empty is not in the rota."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: Sequence[Person] = may_be_on_duty()
        seats = dict(RotaSeat.objects.values_list("person", "position"))
        for person in self.people:
            self.fields[f"seat-{person.pk}"] = forms.IntegerField(
                label=str(person), required=False, min_value=1, max_value=999
            )
            self.initial[f"seat-{person.pk}"] = seats.get(person.pk)

    @property
    def rows(self) -> Iterator[tuple[Person, forms.BoundField]]:
        return ((person, self[f"seat-{person.pk}"]) for person in self.people)

    @property
    def positions(self) -> dict[Person, int]:
        given = {person: self.cleaned_data[f"seat-{person.pk}"] for person in self.people}
        return {person: position for person, position in given.items() if position is not None}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        taken: dict[int, str] = {}
        for person in self.people:
            position = data.get(f"seat-{person.pk}")
            if position in taken:
                self.add_error(
                    f"seat-{person.pk}", _("%(name)s has this number too.") % {"name": taken[position]}
                )
            elif position is not None:
                taken[position] = str(person)
        return data


class WeekForm(forms.Form):
    monday = forms.DateField(widget=forms.HiddenInput)
    person = forms.ModelChoiceField(Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(pk__in=[person.pk for person in may_be_on_duty()])
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean_monday(self) -> date:
        monday: date = self.cleaned_data["monday"]
        if monday.weekday() != 0:
            raise forms.ValidationError(_("A week begins on Monday."))
        return monday
