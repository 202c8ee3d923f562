from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.forms.report import PastedText
from tickets.models import Delivery


class WorkingAgainForm(forms.Form):
    answer = forms.ChoiceField(choices=Delivery.Answer.choices)
    text = PastedText(
        label=_("What still fails"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The newest error helps most. Keys are masked before anything is stored."),
    )
