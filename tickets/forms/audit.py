from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import AuditEntry
from tickets.models.audit import AuditEntryQuerySet


class AuditFilter(forms.Form):
    """What the address asks for; what does not fit narrows nothing."""

    q = forms.CharField(label=_("Who or about what"), max_length=254, required=False)
    kind = forms.ChoiceField(
        label=_("What"), required=False, choices=lambda: [("", _("everything")), *AuditEntry.Kind.choices]
    )
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput({"type": "date"}))

    @property
    def entries(self) -> AuditEntryQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        found: AuditEntryQuerySet = AuditEntry.objects.all()
        if asked.get("q"):
            found = found.containing(asked["q"])
        if asked.get("kind"):
            found = found.filter(kind=asked["kind"])
        if asked.get("since"):
            found = found.filter(at__date__gte=asked["since"])
        if asked.get("until"):
            found = found.filter(at__date__lte=asked["until"])
        return found
