"""Small pieces that every page draws the same way."""

from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tickets.models import Event
from tickets.views.card import ICONS, TONES
from tickets.views.conversation import icon_of, sentence_of
from triage.engine.verdict import Cause

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86_400


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of our sprite; the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/icons.svg"), name
    )


@register.filter
def ago(moment: datetime | None) -> str:
    """How long since, in one unit that barely changes its width: 5 min, 3 h, 2 days."""
    if moment is None:
        return ""
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        return _("%(count)d min") % {"count": seconds // MINUTE}
    if seconds < DAY:
        return _("%(count)d h") % {"count": seconds // HOUR}
    days = seconds // DAY
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@register.filter
def tone(verdict: str) -> str:
    return TONES.get(verdict, "")


@register.filter
def verdict_icon(verdict: str) -> str:
    return ICONS.get(verdict, "evidence")


@register.filter
def in_language(cause: Cause, language: str) -> str:
    """The cause's title in a language."""
    return cause.title.in_language(language)


@register.filter
def lang_tag(language: str) -> str:
    """The `lang` attribute for a language of ours."""
    return "zh-Hans" if language.startswith("zh") else "en"


@register.filter
def event_sentence(event: Event) -> str:
    return sentence_of(event)


@register.filter
def event_icon(event: Event) -> str:
    return icon_of(event)
