from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Probe
from tickets.services.asked_again import may_be_asked
from tickets.services.probe import key_names


class ProbeForm(forms.ModelForm):
    address = forms.URLField(
        label=_("Base address"),
        max_length=400,
        assume_scheme="https",
        help_text=_("As clients are given it, such as https://gateway.example/v1."),
    )
    key_name = forms.ChoiceField(
        label=_("Key"),
        required=False,
        help_text=_(
            "The environment variable that holds it; its name begins with PROBE_KEY. No key is stored here."
        ),
    )

    class Meta:
        model = Probe
        fields = ["provider", "model", "address", "key_name", "is_on", "minutes", "is_internal"]
        help_texts = {
            "provider": _("As failures and tickets name it, such as openai."),
            "minutes": _("1 to 1440. Each request asks for one token."),
            "is_internal": _(
                "For a gateway in your own network: http:// and private addresses are allowed for it then."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {*key_names(), self.instance.key_name} - {""}
        choices = [("", _("No key")), *((name, name) for name in sorted(names))]
        self.fields["key_name"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        address = data.get("address")
        if address and not may_be_asked(address, internal=data.get("is_internal", False)):
            self.add_error("address", _("Give an address with https://, without a name or password in it."))
        return data
