from django import forms
from django.utils.translation import gettext_lazy as _


class EscalationForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does an engineer need to look at this?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what the engineer should find out or do.")},
    )
