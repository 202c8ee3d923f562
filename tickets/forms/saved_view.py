from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.services.listing import VIEWS


class ListingForm(forms.Form):
    """Which tickets a view holds. Field names are the parameters of a list's address."""

    view = forms.ChoiceField(
        label=_("Out of"), choices=[(view.slug, view.title) for view in VIEWS], initial="all"
    )
    q = forms.CharField(label=_("Search"), max_length=500, required=False)
    assignee = forms.ChoiceField(
        label=_("Assignee"),
        choices=[("", _("anyone")), ("me", _("whoever looks")), ("nobody", _("nobody"))],
        required=False,
    )
    charged = forms.ChoiceField(
        label=_("Charged"), choices=[("", _("any")), ("yes", _("yes")), ("no", _("no"))], required=False
    )
    unread = forms.ChoiceField(
        label=_("Last word"), choices=[("", _("anyone's")), ("1", _("the customer's"))], required=False
    )

    @property
    def parameters(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ListingForm.base_fields if self.cleaned_data[name]}


class SavedViewForm(ListingForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=0)
    is_shared = forms.BooleanField(label=_("For everybody"), required=False)
    field_order = ("name", "view", "q", "assignee", "charged", "unread", "position", "is_shared")
