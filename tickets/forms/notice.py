from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import ProviderNotice
from tickets.services.notice import BadPage, Heard, read_page
from tickets.services.redaction import safe_words

from .moment import MomentField

MOMENT = {"type": "datetime-local"}


class NoticeForm(forms.ModelForm):
    address = forms.URLField(
        label=_("Address of their page"), max_length=400, required=False, assume_scheme="https"
    )

    published_at = MomentField(
        label=_("Published"),
        help_text=_("When the provider first said so."),
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
    )
    ended_at = MomentField(
        label=_("Ended"),
        required=False,
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
    )

    class Meta:
        model = ProviderNotice
        fields = ["provider", "model", "title", "address", "published_at", "ended_at"]
        help_texts = {
            "provider": _("As failures and tickets name it, such as openai."),
            "model": _("Only where the notice is about one."),
        }

    def clean_title(self) -> str:
        return safe_words(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ended_at") and data.get("published_at") and data["ended_at"] < data["published_at"]:
            self.add_error("ended_at", _("It cannot end before it was published."))
        return data


class StatusPageForm(forms.Form):
    """What a status page answered."""

    provider = forms.CharField(
        label=_("Provider"), max_length=80, help_text=_("As failures and tickets name it, such as openai.")
    )
    text = forms.CharField(
        label=_("The answer of /api/v2/incidents.json"),
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "mono"}),
    )

    heard: list[Heard] = []  # set anew by every form that is valid

    def clean_text(self) -> str:
        try:
            self.heard = read_page(self.cleaned_data["text"])
        except BadPage as problem:
            raise forms.ValidationError(str(problem)) from problem
        return ""
