from typing import Any, ClassVar

from django import forms

from tickets.services.checks import mark_of
from triage.engine.lint.objection import DOUBTS


class DoubtsRead(forms.Form):
    """Doubts that were shown to the sender of a text. They speak of that text: another one is asked about again."""

    SPEAK_OF: ClassVar[tuple[str, ...]] = ("body",)  # the fields that hold the text

    sure = forms.MultipleChoiceField(choices=[(code, code) for code in sorted(DOUBTS)], required=False)
    # Of which text: who does not say it was shown the one that comes with it.
    sure_of = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        shown = cleaned.get("sure_of")
        if shown and shown != self.doubted:
            cleaned["sure"] = []
        return cleaned

    @property
    def doubted(self) -> str:
        """The mark of what was typed, which goes with the doubts."""
        return mark_of("\n".join(str(self.data.get(name, "")) for name in self.SPEAK_OF))
