from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import Escalation, Person, Role
from tickets.services.escalation import CARD, digest_of

LONGEST = timedelta(days=366)


class EscalationCardForm(forms.ModelForm):
    """The hand-off card. `seen` tells as which card it was read, so that nobody writes over another's words."""

    seen = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Escalation
        fields = CARD
        labels: ClassVar[dict[str, Any]] = {
            "owner": gettext_lazy("Owner"),
            "symptom": gettext_lazy("User-visible symptom"),
            "current_state": gettext_lazy("Current state"),
            "last_good_at": gettext_lazy("Last known good time"),
            "reproduction": gettext_lazy("Reproduction step"),
            "mitigation": gettext_lazy("Mitigation"),
            "review_at": gettext_lazy("Next review point"),
            "next_review": gettext_lazy("What to look at then"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "symptom": gettext_lazy("What the customer sees, with numbers."),
            "current_state": gettext_lazy("How it stands now, and since when."),
            "last_good_at": gettext_lazy("When it last worked, with the time zone."),
            "reproduction": gettext_lazy("One request that shows it, without any key."),
            "mitigation": gettext_lazy("What was done meanwhile, and what came of it."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "symptom": forms.Textarea(attrs={"rows": 3}),
            "current_state": forms.Textarea(attrs={"rows": 5}),
            "reproduction": forms.Textarea(attrs={"rows": 5, "class": "mono", "spellcheck": "false"}),
            "mitigation": forms.Textarea(attrs={"rows": 3}),
            "review_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "review_at": {"invalid": gettext_lazy("Write a date and a time, such as 2026-01-31 09:00.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "card-%s", **kwargs})
        people = Person.objects.filter(is_active=True, role__in=(Role.ENGINEER, Role.ADMIN)).order_by("name")
        owner = self.instance.owner_id
        self.fields["owner"].queryset = people | Person.objects.filter(pk=owner)  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = _("nobody yet")  # type: ignore[attr-defined]
        self.initial["seen"] = digest_of(self.instance)
        for name in ("symptom", "current_state", "reproduction", "mitigation"):
            self.fields[name].max_length = 4000  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["maxlength"] = 4000

    def clean_review_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["review_at"]
        if at == self.instance.review_at or at is None:
            return at
        if not timezone.now() < at <= timezone.now() + LONGEST:
            raise forms.ValidationError(_("Choose a moment within the next year."))
        return at

    @property
    def card(self) -> dict[str, Any]:
        return {field: self.cleaned_data[field] for field in CARD}
