from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import StatusPage


class StatusPageForm(forms.ModelForm):
    class Meta:
        model = StatusPage
        fields = ["is_on", "name"]
        help_texts = {"name": _("As customers know it. It is the title of the page and of its feeds.")}
