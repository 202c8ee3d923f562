from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import Invitation, Language, Person, Role


class InvitationForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)

    def clean_email(self) -> str:
        return _free_address(self.cleaned_data["email"])


class JoinForm(forms.Form):
    """What somebody says who accepts an invitation. The address of the invitation is not theirs to change."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    password = forms.CharField(label=gettext_lazy("Password"), strip=False, widget=forms.PasswordInput)

    def __init__(self, invitation: Invitation, data: Any = None) -> None:
        super().__init__(data, initial={"name": invitation.name})
        self.invitation = invitation
        if invitation.email:
            del self.fields["email"]

    def clean_email(self) -> str:
        return _free_address(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.invitation.email and Person.objects.filter(email__iexact=self.invitation.email).exists():
            raise forms.ValidationError(_("There is a person with this address already."))
        if password := data.get("password"):
            person = Person(email=self.invitation.email or data.get("email", ""), name=data.get("name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return data


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


class FactorsForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles that need a second factor"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _free_address(email: str) -> str:
    if Person.objects.filter(email__iexact=email).exists():
        raise forms.ValidationError(_("There is a person with this address already."))
    return email
