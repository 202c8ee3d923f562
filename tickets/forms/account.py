from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.models import AssignmentRule, SlaPolicy


class AccountForm(forms.Form):
    """An account as it is stated of a customer; whether there is one of this number is for the service to see."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=200)
    external_id = forms.CharField(
        label=_("Number at the gateway"),
        max_length=120,
        required=False,
        help_text=_("Whoever has the same one is of the same account."),
    )
    group = forms.CharField(label=_("Group"), max_length=80, required=False)
    tier = forms.CharField(
        label=_("Tier"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "tiers"}),
        help_text=_("As service levels and assignment rules name it, such as “gold”."),
    )

    @property
    def tiers(self) -> list[str]:
        """What service levels and assignment rules ask for."""
        asked = SlaPolicy.objects.exclude(tier="").values_list("tier", flat=True).order_by()
        beside = AssignmentRule.objects.exclude(tier="").values_list("tier", flat=True).order_by()
        return sorted(asked.union(beside))
