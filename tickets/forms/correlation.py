from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Correlation


class CorrelationForm(forms.ModelForm):
    class Meta:
        model = Correlation
        fields = ["is_on", "window", "failures", "accounts"]
        help_texts = {
            "window": _(
                "How far back is counted, beside the last 4 minutes and, for what is weak, the last 30: 5 to 60."
            ),
            "failures": _("Within the window. Fewer never open an incident."),
            "accounts": _(
                "Different ones within the window. Customers’ own errors need nearly twice as many."
            ),
        }
