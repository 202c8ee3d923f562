from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tickets.forms.report import PastedText
from tickets.models import GatewayModel
from tickets.services.gateway_model import Mode
from tickets.services.model_list import NAME, ModelList, read_models
from tickets.services.redaction import safe_words

MOST_BYTES = 6 * 1024 * 1024


class GatewayModelForm(forms.ModelForm):
    """One model of the list. What counts as a name or a price is decided by the reader of lists."""

    class Meta:
        model = GatewayModel
        fields = (
            "name", "also_called", "unit", "currency", "price", "output_price", "retired_at", "successor",
        )  # fmt: skip
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "also_called": forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            "retired_at": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "name": forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        }
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name, exactly as a request must give it"),
            "also_called": _("Customers also call it"),
            "unit": _("A price is"),
            "currency": _("Currency"),
            "price": _("Price, or price of input"),
            "output_price": _("Price of output"),
            "retired_at": _("No longer offered since"),
            "successor": _("Use instead"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "also_called": _(
                "Names that the gateway does not take, one in a line. Who writes one is told the right name."
            ),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["also_called"] = "\n".join(
            filter(None, map(str.strip, data.get("also_called", "").splitlines()))
        )
        for field in ("name", "successor"):
            if data.get(field) and not NAME.fullmatch(data[field]):
                self.add_error(field, _("A model's name has letters, digits and signs such as - . / : only."))
        for field in ("name", "also_called", "successor"):
            if data.get(field) and safe_words(data[field]) != data[field].strip():
                self.add_error(field, _("This looks like a secret key; write a model's name."))
        for field in ("price", "output_price"):
            if data.get(field) is not None and data[field] < 0:
                self.add_error(field, _("A price cannot be below zero."))
        if data.get("currency"):
            data["currency"] = data["currency"].strip().upper()
            if len(data["currency"]) != 3 or not data["currency"].isalpha():
                self.add_error("currency", _("Write a currency such as USD or CNY."))
        return data


class ImportForm(forms.Form):
    """A list to read: pasted, or as a file."""

    text = PastedText(
        label=_("The list"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(label=_("Or a file"), required=False)
    mode = forms.ChoiceField(
        label=_("What to do with it"),
        choices=[
            (Mode.UPDATE.value, _("Add new models, update known ones")),
            (Mode.PRICES.value, _("Only update the prices of models that are on the list")),
            (Mode.REPLACE.value, _("Make it the whole list; what is not in it is removed")),
        ],
        initial=Mode.UPDATE.value,
        widget=forms.RadioSelect,
    )

    listed: ModelList = ModelList(())

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(limit)s MB.") % {"limit": MOST_BYTES // 1024**2}
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            file = data.get("file")
            text = file.read().decode("utf-8-sig", "replace") if file else data.get("text", "")
            self.listed = read_models(text)
            for problem in self.listed.problems:
                self.add_error("text", problem)
        return data

    @property
    def chosen_mode(self) -> Mode:
        return Mode(self.cleaned_data["mode"])
