"""How pages show articles."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tickets.models import FaqText
from tickets.services import markdown
from tickets.views.faq import address_of

register = template.Library()

LAYERS = {
    "": _("Standing questions"),
    "account": _("Your account"),
    "key": _("Your key"),
    "client": _("Your request and your program"),
    "network": _("Your network"),
    "gateway": _("The gateway"),
    "routing": _("Models and routes"),
    "provider": _("The provider"),
    "task": _("Images, videos, audio"),
}
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


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    title: str
    text: str
    steps: list[str]


@register.filter
def article_parts(text: FaqText) -> list[Part]:
    """The parts that have words, in the order of the page."""
    shown = []
    for anchor, name, title in PARTS:
        value = getattr(text, name)
        if value:
            steps = value if isinstance(value, list) else []
            shown.append(Part(anchor, str(title), "" if steps else value, steps))
    return shown


@register.filter
def layer_title(layer: str) -> str:
    """Where it fails, as a customer sees it."""
    return str(LAYERS.get(layer, layer))


@register.filter
def article_address(slug: str) -> str:
    """The article in the reader's language."""
    return address_of(slug, get_language() or "en")


@register.filter
def absolute(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


@register.filter
def as_plain(text: str) -> str:
    """Markdown without its signs, for a line in a list."""
    return markdown.as_plain(text)
