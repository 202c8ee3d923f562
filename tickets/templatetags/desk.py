"""Small pieces that every page draws the same way."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tickets.models import Event
from tickets.services.catalogue import cause_named
from tickets.services.language import listed
from tickets.services.listing import MOST_COUNTED
from tickets.services.masks import shown_masked
from tickets.views.card import ICONS, TONES
from tickets.views.event_icon import icon_of
from tickets.views.event_sentence import sentence_of
from tickets.views.moment import moment_of
from tickets.views.strip import label_of
from triage.engine.evidence import FIELDS
from triage.engine.verdict import Words

register = template.Library()
register.filter("listed", listed)

MINUTE, HOUR, DAY = 60, 3600, 86_400


@register.simple_tag
@lru_cache(maxsize=256)  # a page draws hundreds of a few dozen
def icon(name: str) -> SafeString:
    """An icon of our sprite; the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/icons.svg"), name
    )


@register.filter
def drawn(field: BoundField) -> SafeString:
    """The field itself; the first that was refused takes the focus, and says why by its description."""
    return field.as_widget(attrs={"autofocus": True} if is_to_mend(field) else None)


@register.filter
def is_to_mend(field: BoundField) -> bool:
    """Whether it is the first field of its form that was refused."""
    refused = next((name for name in field.form.fields if name in field.form.errors), "")
    return refused == field.name


@register.filter
def counted(count: int) -> str:
    """Exact up to the bound of counting, then only that there are more."""
    return str(count) if count <= MOST_COUNTED else _("10k+")


@register.filter
def waited(moment: datetime | None) -> str:
    """How long since, in one unit that barely changes its width: 5 min, 3 h, 2 days."""
    if moment is None:
        return ""
    seconds = _seconds_since(moment)
    if seconds < HOUR:
        return _("%(count)d min") % {"count": seconds // MINUTE}
    if seconds < DAY:
        return _("%(count)d h") % {"count": seconds // HOUR}
    days = seconds // DAY
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@register.filter
def ago(moment: datetime | None) -> str:
    """When it was, seen from now: just now, 5 min ago, 3 h ago, 2 days ago."""
    if moment is None:
        return ""
    seconds = _seconds_since(moment)
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        return _("%(count)d min ago") % {"count": seconds // MINUTE}
    if seconds < DAY:
        return _("%(count)d h ago") % {"count": seconds // HOUR}
    days = seconds // DAY
    return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """How long ago it was; exactly, for machines and for who points at it."""
    if moment is None:
        return SafeString("")
    shown = moment_of(moment)
    return format_html('<time datetime="{}" title="{}">{}</time>', shown.machine, shown.exact, ago(moment))


@register.filter
def masked(text: str) -> SafeString:
    """The text with every mask of a secret shown as one; all else is escaped as usual."""
    return shown_masked(text)


@register.filter
def tone(verdict: str) -> str:
    return TONES.get(verdict, "")


@register.filter
def verdict_icon(verdict: str) -> str:
    return ICONS.get(verdict, "evidence")


@register.filter
def cause_title(slug: str) -> str:
    """What a cause is called, in the reader's language."""
    return cause_named(slug).title.in_language(get_language() or "en")


@register.filter
def in_words(words: dict[str, str]) -> str:
    """Words that are kept in both languages, in the reader's."""
    return words["zh" if (get_language() or "").startswith("zh") else "en"]


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


def _seconds_since(moment: datetime) -> int:
    return max(0, int((timezone.now() - moment).total_seconds()))


STAGES = {
    "client": gettext_lazy("Client"),
    "gateway": gettext_lazy("Gateway"),
    "reseller": gettext_lazy("Reseller"),
    "provider": gettext_lazy("Provider"),
}


@register.filter
def stage_name(stage: str) -> str:
    """A station of the request's way."""
    return str(STAGES.get(stage, stage))


@register.filter
def in_language(words: Words) -> str:
    """Words of the catalogue in the reader's language."""
    return words.in_language(get_language() or "en")


@register.filter
def field_label(name: str) -> str:
    """What an evidence field is called, in the reader's language."""
    return label_of(FIELDS[name]) if name in FIELDS else name


@register.filter
def written(value: object) -> str:
    """A value of evidence as people write it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
