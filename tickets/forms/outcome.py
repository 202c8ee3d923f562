from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Outcome

from .select import PlainSelect
from .verdict import cause_choices

RESULTS = [("", _("Choose how it ended…")), *Outcome.Result.choices]  # none by itself: reports count them


class OutcomeForm(forms.Form):
    """How it ended: final cause in plain words, charged, retried, outcome."""

    cause = forms.ChoiceField(label=_("Final cause"), choices=cause_choices, widget=PlainSelect)
    plain = forms.CharField(
        label=_("In plain words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "data-enter": True}),
        error_messages={"required": _("Write one sentence that the customer would understand.")},
    )
    charged = forms.ChoiceField(label=_("Charged"), choices=Outcome.Answer.choices, widget=forms.RadioSelect)
    retried = forms.ChoiceField(label=_("Retried"), choices=Outcome.Answer.choices, widget=forms.RadioSelect)
    result = forms.ChoiceField(
        label=_("Outcome"), choices=RESULTS, widget=PlainSelect(attrs={"data-enter": True})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "outcome-%s", **kwargs})  # several forms share one page
