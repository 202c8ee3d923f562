from django import forms
from django.utils.translation import gettext_lazy as _

from .report import PasteForm


class NewTicketForm(PasteForm):
    """A ticket that an agent opens for a customer who wrote elsewhere."""

    email = forms.EmailField(label=_("Customer's e-mail"))
    name = forms.CharField(label=_("Customer's name"), required=False, max_length=120)
    subject = forms.CharField(
        label=_("Subject"),
        required=False,
        max_length=200,
        help_text=_("Left empty, the first line is taken."),
    )
