from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Compensation
from tickets.services.redaction import make_safe

CODE = r"^[A-Za-z]{3,8}$"


class SafeText(forms.CharField):
    """What is typed is kept with secrets masked."""

    def clean(self, value: Any) -> str:
        return make_safe(super().clean(value)).text


class ProposalForm(forms.Form):
    """What is asked for, and on what evidence."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=16, decimal_places=6, min_value=0)
    currency = forms.RegexField(
        label=_("Currency"), regex=CODE, error_messages={"invalid": _("Write its code, such as USD.")}
    )
    reason = SafeText(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = SafeText(
        label=_("Evidence beside the charges"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you looked at, such as the gateway's record or the provider's answer."),
    )

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("Write more than nothing."))
        return amount

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class WordingForm(forms.Form):
    """The words for the customer; there is somebody to read them only where a ticket is."""

    wording = forms.CharField(
        label=_("The customer reads"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It goes into the ticket's conversation. Empty sends nothing."),
    )

    def __init__(self, *args: Any, compensation: Compensation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if compensation.ticket_id is None:
            del self.fields["wording"]


class CreditForm(WordingForm):
    reference = forms.CharField(
        label=_("Reference of the credit"),
        max_length=120,
        help_text=_("The number under which the money went back outside."),
    )
    field_order = ["reference", "wording"]


class DeclineForm(WordingForm):
    because = SafeText(label=_("Why not"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ["because", "wording"]


class LimitForm(forms.Form):
    currency = forms.RegexField(
        label=_("Currency"), regex=CODE, error_messages={"invalid": _("Write its code, such as USD.")}
    )
    amount = forms.DecimalField(label=_("Limit"), max_digits=16, decimal_places=6, min_value=0)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class AsideForm(forms.Form):
    because = SafeText(label=_("Why nothing is due"), max_length=300)
