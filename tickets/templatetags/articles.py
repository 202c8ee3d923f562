"""How the desk shows articles and what became of them."""

from datetime import date
from urllib.parse import urlencode

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tickets.models import ArticleVote, FaqEntry, Language
from triage.engine.lint.article_languages import LANGUAGES

register = template.Library()
REASONS = dict(ArticleVote.Reason.choices)
NAMES = dict(zip(LANGUAGES, (Language.ENGLISH, Language.CHINESE), strict=True))


@register.filter
def entry_title(entry: FaqEntry) -> str:
    """Its title in the reader's language, or in the one that it has."""
    titles = {text.language: text.title for text in entry.texts.all()}
    return titles.get(get_language() or "en") or next(iter(titles.values()), entry.slug)


@register.filter
def vote_reason(reason: str) -> str:
    return str(REASONS.get(reason) or _("no reason given"))


@register.filter
def named_language(short: str) -> str:
    """English or Chinese, as the publication check names them."""
    return str(NAMES[short].label)


@register.simple_tag
def search_for(words: str = "", **operators: date | str) -> str:
    """The query of an inbox that lists these tickets."""
    said = [f"{name}:{value}" for name, value in operators.items()]
    return urlencode({"view": "all", "q": " ".join([words, *said]).strip()})
