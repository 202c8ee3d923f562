from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import AssignmentRule, Person, Role

from .place import PlaceForm


def people_who_work() -> Any:
    return Person.objects.filter(is_active=True).exclude(role=Role.BILLING).order_by("name", "pk")


class AssignmentRuleForm(PlaceForm):
    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("People"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AssignmentRule
        fields = ("name", "mode", "verdict", "tier", "language", "team", "position", "is_active")
        widgets: ClassVar[dict[str, Any]] = {"mode": forms.RadioSelect}
        help_texts: ClassVar[dict[str, Any]] = {
            "position": _("The first rule that fits a ticket applies; small numbers come first."),
            "verdict": _("Empty fits every ticket, as with tier and language."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people_who_work()  # type: ignore[attr-defined]
        self.fields["mode"].choices = [  # type: ignore[attr-defined]
            (
                AssignmentRule.Mode.HAND,
                _("By hand: nobody gets it by itself, and no rule behind this one applies"),
            ),
            (AssignmentRule.Mode.ROUND_ROBIN, _("Round robin: one after the other")),
            (AssignmentRule.Mode.LOAD, _("By load: who has the smallest part of their capacity in hand")),
        ]
        for field, empty in (("verdict", _("every verdict")), ("language", _("every language"))):
            choices = AssignmentRule._meta.get_field(field).flatchoices  # type: ignore[union-attr]
            self.fields[field].choices = [("", empty), *choices]  # type: ignore[attr-defined]
        self.fields["team"].empty_label = _("no team")  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["people"] = list(self.instance.members.values_list("person", flat=True))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            "people" in data
            and data.get("mode") not in (None, AssignmentRule.Mode.HAND)
            and not data["people"]
        ):
            self.add_error("people", _("Choose at least one person, or assign by hand."))
        return data
