from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import SlaPolicy, VerdictChoice

from .duration import MinutesField
from .place import PlaceForm


class PolicyForm(PlaceForm):
    first_reply = MinutesField(
        label=gettext_lazy("First reply within"), help_text=gettext_lazy("Empty promises nothing.")
    )
    next_reply = MinutesField(label=gettext_lazy("Next reply within"))
    solve = MinutesField(label=gettext_lazy("Solution within"))

    class Meta:
        model = SlaPolicy
        fields = (
            "name", "name_zh", "verdict", "tier", "calendar", "first_reply", "next_reply", "solve", "pauses",
            "position", "is_active",
        )  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            "verdict": gettext_lazy("Empty fits every ticket, as with the tier."),
            "position": gettext_lazy(
                "The first policy that fits a ticket applies; small numbers come first."
            ),
            "calendar": gettext_lazy(
                "Times count only while it is open, and a day is 24 such hours: where it opens 8 h a day, "
                "that is three working days."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdicts = [("", _("every verdict")), *VerdictChoice.choices]
        self.fields["verdict"].choices = verdicts  # type: ignore[attr-defined]
        self.fields["calendar"].empty_label = None  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        first, following, solve = (data.get(name) for name in ("first_reply", "next_reply", "solve"))
        if first is None and following is None and solve is None:
            self.add_error("first_reply", _("This promises nothing. Write one time at least."))
        if first is not None and solve is not None and solve < first:
            self.add_error("solve", _("The solution cannot be promised sooner than the first reply."))
        return data
