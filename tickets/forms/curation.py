from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Curation


class CurationForm(forms.ModelForm):
    class Meta:
        model = Curation
        fields = ["tickets", "accounts", "window", "recheck_days", "attempt_days"]
        help_texts = {
            "tickets": _("Of one cause within the window. Fewer make no candidate."),
            "accounts": _("Different ones among these tickets; who has no account counts as one."),
            "window": _("How far back tickets are counted: 1 to 365."),
            "recheck_days": _(
                "After its last verification: 7 to 730. A change of the rules calls for it at once."
            ),
            "attempt_days": _("What the report “What it saved” counts; older ones are deleted: 60 to 3650."),
        }
