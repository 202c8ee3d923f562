from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Retention
from tickets.services.privacy.retention import MOST_DAYS, days_kept

Kind = Retention.Kind
HELP = {
    Kind.TEXTS: _(
        "Messages, notes, raw errors and whatever quotes them, so many days after the ticket was closed."
    ),
    Kind.ATTACHMENTS: _("Logs, pictures and other files, so many days after the ticket was closed."),
    Kind.FAILURES: _("Single failed requests. What was counted by the minute stays longer."),
    Kind.MAIL_SOURCE: _("The text of each mail as it came in; that it came stays on record."),
    Kind.MAIL_LEDGER: _("That a mail came, from whom, and what became of it."),
    Kind.AUDIT: _("Who changed what. Law or contract may ask you to keep it for years."),
}


class RetentionForm(forms.Form):
    """Days by kind of data; an empty field keeps it."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial=days_kept())
        for kind in Kind:
            self.fields[kind.value] = forms.IntegerField(
                label=kind.label[:1].upper() + kind.label[1:],
                help_text=HELP[kind],
                required=False,
                min_value=1,
                max_value=MOST_DAYS,
                widget=forms.NumberInput({"inputmode": "numeric", "class": "short"}),
            )
