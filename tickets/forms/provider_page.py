from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import ProviderPage
from tickets.services.asked_again import may_be_asked


class ProviderPageForm(forms.ModelForm):
    address = forms.URLField(
        label=_("Address of their page"),
        max_length=400,
        assume_scheme="https",
        help_text=_("As people open it; /api/v2/incidents.json is added where programs read it."),
    )

    class Meta:
        model = ProviderPage
        fields = ["provider", "address", "is_on", "opens", "minutes", "is_internal"]
        help_texts = {
            "provider": _("As failures and tickets name it, such as openai."),
            "minutes": _("1 to 1440. While the page cannot be read, the pause grows up to six hours."),
            "is_internal": _(
                "Only for a page of your own network: http:// and private addresses are allowed for it then."
            ),
        }

    def clean_provider(self) -> str:
        return " ".join(self.cleaned_data["provider"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        address = data.get("address")
        if address and not may_be_asked(address, internal=data.get("is_internal", False)):
            self.add_error("address", _("Give an address with https://, without a name or password in it."))
        return data
