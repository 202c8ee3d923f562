"""What one action on several tickets asks for; assigning, setting a verdict and snoozing have forms of their own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Incident
from tickets.services.status import BY_HAND
from tickets.services.tag import names_in

from .outcome import RESULTS


class StatusForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Status"), choices=[(status.value, status.label) for status in BY_HAND]
    )


class TagForm(forms.Form):
    """Tags to put on and to take off, each as a line; one of them at least."""

    add = forms.CharField(
        label=_("Put on"),
        max_length=400,
        required=False,
        help_text=_("Parted by commas. A tag is lower case, its words joined by hyphens."),
    )
    remove = forms.CharField(label=_("Take off"), max_length=400, required=False)

    def clean_add(self) -> list[str]:
        return names_in(self.cleaned_data["add"])

    def clean_remove(self) -> list[str]:
        return names_in(self.cleaned_data["remove"])

    def clean(self) -> None:
        if not self.errors and not self.cleaned_data["add"] and not self.cleaned_data["remove"]:
            raise forms.ValidationError(_("Name a tag to put on or to take off."))


class IncidentForm(forms.Form):
    incident = forms.ModelChoiceField(
        Incident.objects.open().order_by("-pk"),
        label=_("Incident"),
        required=False,
        empty_label=_("none: take them out"),
    )

    @property
    def offers(self) -> bool:
        """Whether an incident is open."""
        return len(self.fields["incident"].choices) > 1  # type: ignore[attr-defined]


class ResolveForm(forms.Form):
    """How they ended, in words that fit all of them."""

    result = forms.ChoiceField(label=_("Outcome"), choices=RESULTS)
    plain = forms.CharField(
        label=_("In plain words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "data-enter": True}),
        error_messages={"required": _("Write one sentence that the customer would understand.")},
    )
