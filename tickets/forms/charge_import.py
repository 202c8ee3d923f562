from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tickets.services.charge.bringing import Read, read

MOST_BYTES = 2 * 1024**2
ONLY_KNOWN, EVERY = "known", "every"


class ChargeImportForm(forms.Form):
    """Lines of charges: pasted, or as a file."""

    text = forms.CharField(
        label=_("The lines"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(
            attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off", "class": "mono"}
        ),
    )
    file = forms.FileField(label=_("Or a file"), required=False)
    which = forms.ChoiceField(
        label=_("Which to take"),
        choices=[
            (ONLY_KNOWN, _("Only lines of requests that the desk knows")),
            (EVERY, _("Every line: none of these requests gave a result")),
        ],
        initial=ONLY_KNOWN,
        widget=forms.RadioSelect,
    )

    found = Read((), ())

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(limit)s MB.") % {"limit": MOST_BYTES // 1024**2}
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        file = data.get("file")
        text = file.read().decode("utf-8-sig", "replace") if file else data.get("text", "")
        if not text.strip():
            self.add_error("text", _("Paste the lines or choose a file."))
            return data
        self.found = read(text)
        if not self.found.lines:
            for problem in self.found.problems[:12]:
                self.add_error("text", problem)
        return data
