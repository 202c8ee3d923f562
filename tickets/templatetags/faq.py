"""How pages show articles."""

import json

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tickets.models import FaqText
from tickets.services import markdown
from tickets.services.article import address as addresses
from tickets.services.article.parts import Part, parts_of
from tickets.services.catalogue import cause_named
from tickets.services.status_page import has_status_page
from triage.engine.verdict import Verdict

register = template.Library()

TONES = {Verdict.CONFIG_MISTAKE: "t-config", Verdict.PROVIDER_INCIDENT: "t-incident"}
ICONS = {Verdict.CONFIG_MISTAKE: "config", Verdict.PROVIDER_INCIDENT: "incident"}

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


@register.filter
def article_parts(text: FaqText) -> list[Part]:
    return parts_of(text)


@register.filter
def layer_title(layer: str) -> str:
    """Where it fails, as a customer sees it."""
    return str(LAYERS.get(layer, layer))


@register.filter
def article_address(slug: str) -> str:
    """The article in the reader's language."""
    return addresses.address_of(slug, get_language() or "en")


@register.simple_tag
def answers_address() -> str:
    """The list of answers in the reader's language."""
    return addresses.list_address(get_language() or "en")


@register.simple_tag
def status_address() -> str:
    """The public status page in the reader's language; empty where there is none."""
    if not has_status_page():
        return ""
    return reverse("status_zh" if addresses.is_chinese(get_language() or "en") else "status")


@register.filter
def article_text_address(slug: str) -> str:
    """Its twin in Markdown."""
    return addresses.address_of(slug, get_language() or "en", kind="article_text")


@register.simple_tag
def feed_address() -> str:
    return reverse("feed_zh" if addresses.is_chinese(get_language() or "en") else "feed")


@register.filter
def who_fixes(cause: str) -> str:
    """Whose turn it is, in two words."""
    if not cause:
        return gettext("Question")
    is_theirs = cause_named(cause).verdict == Verdict.CONFIG_MISTAKE
    return gettext("You can fix it") if is_theirs else gettext("Not on your side")


@register.filter
def cause_tone(cause: str) -> str:
    return TONES.get(cause_named(cause).verdict, "") if cause else ""


@register.filter
def cause_icon(cause: str) -> str:
    return ICONS.get(cause_named(cause).verdict, "evidence") if cause else "book"


@register.filter
def absolute(path: str) -> str:
    return addresses.absolute(path)


@register.filter
def as_data(value: dict[str, object]) -> SafeString:
    """JSON that cannot end its script element."""
    text = json.dumps(value, ensure_ascii=False)
    return mark_safe(text.translate(_SCRIPT_SIGNS))  # noqa: S308  # its signs were taken out in this line


_SCRIPT_SIGNS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def as_plain(text: str) -> str:
    """Markdown without its signs, for a line in a list."""
    return markdown.words_of(text)
