from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class EscalationForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does an engineer need to look at this?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what the engineer should find out or do.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "escalate-%s", **kwargs})  # several forms share one page
