"""The fixed shape of an article: its parts in the order of the page, as pages and plain text name them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tickets.models import FaqText

SYMPTOM = ("symptom", _("What you see"))
PARTS = (
    ("applies", "applies_to", _("Applies to")),
    ("cause", "why", _("Why it happens")),
    ("fix", "fix", _("How to fix it")),
    ("check", "check_yourself", _("What you can check yourself")),
    ("admin", "admin", _("What needs an administrator")),
    ("escalate", "escalation", _("When to write to us")),
    ("charged", "charged", _("Are you charged?")),
    ("works", "works", _("How to see that it works")),
)


HEAD = (("title", _("Title: what people see")), ("summary", _("Short answer")))
# Every field of a text with its title, in the order of the page.
TITLES = {
    **dict(HEAD),
    SYMPTOM[0]: SYMPTOM[1],
    **{field: title for _anchor, field, title in PARTS},
}
FACT_TITLES = {
    "cause": _("Cause"),
    "codes": _("Error codes"),
    "strings": _("Exact error texts"),
    "related": _("Related articles"),
    "gap": _("Why a language is missing"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """`id` is the anchor on the page; a part has either a text or steps."""

    id: str
    title: str
    text: str
    steps: list[str]


def parts_of(text: FaqText) -> list[Part]:
    """The parts that have words, after the symptom."""
    shown = []
    for anchor, name, title in PARTS:
        value = getattr(text, name)
        if value:
            steps = value if isinstance(value, list) else []
            shown.append(Part(anchor, str(title), "" if steps else value, steps))
    return shown
