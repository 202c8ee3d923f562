from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.forms.report import PastedText
from tickets.models import CannedReply, Message, Ticket


class MessageForm(forms.Form):
    """The composer: an answer to the customer or an internal note."""

    kind = forms.ChoiceField(choices=[(Message.Kind.REPLY, _("Reply")), (Message.Kind.NOTE, _("Note"))])
    body = PastedText(
        label=_("Text"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("There is nothing to send yet.")},
    )
    canned_reply = forms.ModelChoiceField(
        CannedReply.objects.filter(is_active=True), required=False, widget=forms.HiddenInput
    )
    status = forms.ChoiceField(
        choices=[(Ticket.Status.WAITING, _("Send and wait")), (Ticket.Status.OPEN, _("Send"))],
        required=False,
    )

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or Ticket.Status.WAITING

    @property
    def is_note(self) -> bool:
        return self.cleaned_data["kind"] == Message.Kind.NOTE


class FollowUpForm(forms.Form):
    """What the customer writes back."""

    text = PastedText(
        label=_("Write back"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("There is nothing to send yet.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["aria-describedby"] = "text-help"

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text
