from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Outcome

from .select import PlainSelect
from .verdict import causes_to_choose


class OutcomeForm(forms.Form):
    """How it ended: final cause in plain words, charged, retried, outcome. Nothing is chosen before somebody does."""

    cause = forms.ChoiceField(
        label=_("Final cause"),
        choices=causes_to_choose,
        widget=PlainSelect,
        error_messages={"required": _("Choose the final cause.")},
    )
    plain = forms.CharField(
        label=_("In plain words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "data-enter": True}),
        error_messages={"required": _("Write one sentence that the customer would understand.")},
    )
    charged = forms.ChoiceField(
        label=_("Charged"),
        choices=Outcome.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether money was taken; “not known” is an answer too.")},
    )
    retried = forms.ChoiceField(
        label=_("Retried"),
        choices=Outcome.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it was retried; “not known” is an answer too.")},
    )
    result = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("Choose…")), *Outcome.Result.choices],
        error_messages={"required": _("Choose how it ended.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "outcome-%s", **kwargs})  # several forms share one page
