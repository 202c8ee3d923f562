from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Ticket


class MergeForm(forms.Form):
    """Which of these tickets lives on; the others go into it."""

    into = forms.ModelChoiceField(
        Ticket.objects.none(),
        label=_("Lives on"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the ticket that lives on.")},
    )

    def __init__(self, *args: Any, tickets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = tickets  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    text = forms.CharField(
        label=_("What the new ticket is about"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("Leave only the second problem. The message stays in the first ticket as it is."),
        error_messages={"required": _("Leave the words that the new ticket is about.")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not any(letter.isalnum() for letter in text):
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text
