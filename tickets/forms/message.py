from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tickets.forms.attachment import FilesField, MoreFilesField
from tickets.forms.doubts import DoubtsRead
from tickets.forms.report import PastedText, told_field
from tickets.models import CannedReply, Draft, Message, Person, Ticket
from triage.engine.evidence import Value


class MessageForm(DoubtsRead):
    """The composer: an answer to the customer or an internal note."""

    kind = forms.ChoiceField(choices=[(Message.Kind.REPLY, _("Reply")), (Message.Kind.NOTE, _("Note"))])
    body = PastedText(
        label=_("Text"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("There is nothing to send yet.")},
    )
    canned_reply = forms.ModelChoiceField(
        CannedReply.objects.none(), required=False, widget=forms.HiddenInput
    )
    # What becomes of the ticket: closing asks for an outcome, putting aside for when to wake.
    status = forms.ChoiceField(choices=Ticket.Status, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # Length of the chain when the page was shown; without it nothing can have changed meanwhile.
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    # Who the page said would get it.
    shown_to = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    uploads = MoreFilesField()

    def __init__(self, *args: Any, by: Person, anyway: bool = False, **kwargs: Any) -> None:
        """`anyway` is the button beside the doubts: it sends the text as it stands, retyped or not."""
        super().__init__(*args, **kwargs)
        if anyway:
            self.fields["sure_of"].disabled = True  # and so not asked for
        replies = CannedReply.objects.offered().visible_to(by)
        cast(forms.ModelChoiceField, self.fields["canned_reply"]).queryset = replies

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or Ticket.Status.WAITING

    @property
    def closes(self) -> bool:
        return (
            self.data.get("kind") == Message.Kind.REPLY and self.data.get("status") == Ticket.Status.RESOLVED
        )

    @property
    def puts_aside(self) -> bool:
        return (
            self.data.get("kind") == Message.Kind.REPLY and self.data.get("status") == Ticket.Status.SNOOZED
        )

    @property
    def is_note(self) -> bool:
        return self.cleaned_data["kind"] == Message.Kind.NOTE


class DraftForm(forms.Form):
    """What the composer holds at the moment; an empty text drops the draft."""

    kind = forms.ChoiceField(choices=Draft.KINDS)
    body = PastedText(max_length=50_000, strip=False, required=False)
    canned_reply = forms.IntegerField(required=False)
    seen = forms.IntegerField(required=False)
    known = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_canned_reply(self) -> CannedReply | None:
        """One that is gone, or not theirs to see, must not cost them the text."""
        return CannedReply.objects.visible_to(self.by).filter(pk=self.cleaned_data["canned_reply"]).first()

    def clean_known(self) -> str | None:
        """Nothing where the page did not say it."""
        return self.cleaned_data["known"] if "known" in self.data else None


class DraftFilesForm(forms.Form):
    """Files chosen for a message before it is sent."""

    kind = forms.ChoiceField(choices=Draft.KINDS)
    uploads = MoreFilesField()


class FollowUpForm(forms.Form):
    """What the customer writes back, with a field for each fact that was asked for."""

    text = PastedText(
        label=_("Write back"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("There is nothing to send yet.")},
    )
    uploads = FilesField()

    def __init__(self, *args: Any, asked: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["aria-describedby"] = "text-help"
        self.asked = list(asked)
        for field in self.asked:
            self.fields[f"told_{field}"] = told_field(field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.message.strip():
            self.add_error("text", self.fields["text"].error_messages["required"])
        return cleaned

    @property
    def told(self) -> dict[str, Value]:
        """The answers given in fields, typed. The complete error is none: it is read like the text."""
        answers = {
            field: self.cleaned_data.get(f"told_{field}") for field in self.asked if field != "raw_error"
        }
        return {field: value for field, value in answers.items() if value is not None}

    @property
    def message(self) -> str:
        """What stands in the conversation: the text and the error. Answers in fields are no prose to be read."""
        parts = (self.cleaned_data.get("text", ""), self.cleaned_data.get("told_raw_error", ""))
        written = "\n\n".join(part for part in parts if part.strip())
        if written or not (self.told or self.cleaned_data.get("uploads")):
            return written
        return gettext("My answers are in the fields.") if self.told else gettext("See the files.")
