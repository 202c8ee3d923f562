"""What an engineer writes with a decision at the gate."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.forms.moment import LONGEST
from tickets.models import Incident, Person, Ticket
from triage.engine.evidence import FIELDS

MOST_WORDS = 4000


def _answer(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


class KnownForm(forms.Form):
    incident = forms.ModelChoiceField(
        Incident.objects.none(),
        label=gettext_lazy("Incident"),
        required=False,
        empty_label=gettext_lazy("none of them"),
    )
    number = forms.CharField(
        label=gettext_lazy("Or the ticket that it is known from"), required=False, max_length=20
    )
    answer = _answer(gettext_lazy("What the agent should know"), required=False)

    def __init__(self, *args: Any, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "known-%s", **kwargs})
        self.reader = reader
        self.fields["incident"].queryset = Incident.objects.visible_to(reader).open().order_by("-pk")  # type: ignore[attr-defined]

    def clean_number(self) -> Ticket | None:
        written = self.cleaned_data["number"].strip().lstrip("#")
        if not written:
            return None
        found = (
            Ticket.objects.visible_to(self.reader).filter(pk=int(written)) if _is_number(written) else None
        )
        ticket = found.first() if found is not None else None
        if ticket is None:
            raise forms.ValidationError(_("There is no ticket with this number."))
        return ticket

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("incident") and not data.get("number"):
            self.add_error("incident", _("Choose the incident, or write the number of the ticket."))
        return data


class AskBackForm(forms.Form):
    fields_needed = forms.MultipleChoiceField(
        label=gettext_lazy("What is needed"), required=False, widget=forms.CheckboxSelectMultiple
    )
    answer = _answer(gettext_lazy("In your own words"), required=False)

    def __init__(self, *args: Any, missing: Sequence[str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "ask-%s", **kwargs})
        choices = [(name, FIELDS[name].in_language(language)) for name in missing]
        self.fields["fields_needed"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("fields_needed") and not data.get("answer"):
            self.add_error("answer", _("Say what is needed: an empty bounce helps nobody."))
        return data


class DeclineForm(forms.Form):
    answer = _answer(
        gettext_lazy("Why, and what to do instead"),
        error_messages={"required": gettext_lazy("Say why, and what the agent can do instead.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "decline-%s", **kwargs})


class ReviewPointForm(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("Look again at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": gettext_lazy("Write a date and a time, such as 2026-01-31 09:00."),
            "invalid": gettext_lazy("Write a date and a time, such as 2026-01-31 09:00."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "point-%s", **kwargs})

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if not timezone.now() < at <= timezone.now() + LONGEST:
            raise forms.ValidationError(_("Choose a moment within the next year."))
        return at


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18
