from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tickets.models import Incident, SavedView, Tag, VerdictChoice
from tickets.services.listing import ORDERS, SORTED
from tickets.services.view import VIEWS

from .verdict import cause_choices


def verdict_choices() -> list[tuple[str, Any]]:
    return [("", _("any")), *VerdictChoice.choices]


def cause_or_any() -> list[tuple[str, Any]]:
    return [("", _("any")), *cause_choices()]


def tag_choices() -> list[tuple[str, Any]]:
    return [("", _("any")), *((name, name) for name in Tag.objects.values_list("name", flat=True))]


def incident_choices() -> list[tuple[str, Any]]:
    """Those that are open, beside any and none."""
    of_one = [(str(each.pk), each.title) for each in Incident.objects.open()]
    return [("", _("does not matter")), ("any", _("of an incident")), ("none", _("of none")), *of_one]


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
    verdict = forms.ChoiceField(label=_("Verdict"), choices=verdict_choices, required=False)
    cause = forms.ChoiceField(label=_("Cause"), choices=cause_or_any, required=False)
    status = forms.CharField(label=_("Status code"), max_length=20, required=False)
    provider = forms.CharField(label=_("Provider"), max_length=80, required=False)
    model = forms.CharField(label=_("Model"), max_length=120, required=False)
    tag = forms.ChoiceField(label=_("Tag"), choices=tag_choices, required=False)
    incident = forms.ChoiceField(label=_("Incident"), choices=incident_choices, required=False)
    unanswered = forms.ChoiceField(
        label=_("Last word"), choices=[("", _("anyone's")), ("1", _("the customer's"))], required=False
    )
    unread = forms.ChoiceField(
        label=_("Unread"),
        choices=[("", _("does not matter")), ("1", _("by whoever looks"))],
        required=False,
    )
    order = forms.ChoiceField(
        label=_("Sorted by"),
        choices=[("", _("as usual there")), *((name, SORTED[order]) for name, order in ORDERS.items())],
        required=False,
    )

    @property
    def parameters(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ListingForm.base_fields if self.cleaned_data[name]}


class SavedViewForm(ListingForm):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=60)
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=0)
    is_shared = forms.BooleanField(label=_("For everybody"), required=False)
    field_order = ("name", *ListingForm.base_fields, "position", "is_shared")

    def __init__(self, *args: Any, saved: SavedView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved = saved

    def clean(self) -> dict[str, Any]:
        """No list shows two views of one name: neither one's own, nor the shared ones."""
        data = super().clean() or {}
        name = data.get("name", "")
        own = SavedView.objects.filter(owner=self.saved.owner)
        others = own | SavedView.objects.filter(is_shared=True) if data.get("is_shared") else own
        if name and others.exclude(pk=self.saved.pk).filter(name__iexact=name).exists():
            self.add_error("name", gettext("Another view has this name. Choose another one."))
        return data
