"""How the desk shows articles and what became of them."""

from datetime import date
from urllib.parse import urlencode

from django import template
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tickets.models import ArticleVote, FaqEntry, Language
from tickets.services.article.parts import FACT_TITLES, TITLES
from tickets.services.faq.recheck import Why
from triage.engine.lint.article import Failure
from triage.engine.lint.article_languages import LANGUAGES

register = template.Library()
REASONS = dict(ArticleVote.Reason.choices)
RECHECK = {
    Why.RULES: gettext_lazy("The rules of its cause changed"),
    Why.AGE: gettext_lazy("It was verified long ago"),
}
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


@register.filter
def own_language(language: str) -> str:
    return str(Language(language).label)


@register.filter
def field_title(name: str) -> str:
    """A field of an article or of one of its texts, as editors read it."""
    return str({**TITLES, **FACT_TITLES}.get(name, name))


@register.filter
def part_title(part: str) -> str:
    """A part as the publication check names it: with its step, or what machines read."""
    name, _dot, step = part.partition(".")
    title = field_title("check_yourself" if name == "check" else name)
    return f"{title} {step}" if step else title


@register.filter
def field_of(failure: Failure) -> str:
    """The id of the field, on the page where the words are written, that holds what the check found."""
    name = failure.part.partition(".")[0]
    name = "check_yourself" if name == "check" else name
    if not name.isidentifier():
        return ""
    return f"id_{NAMES[failure.language]}-{name}" if failure.language else f"id_{name}"


@register.filter
def recheck_reason(why: str) -> str:
    return str(RECHECK[Why(why)])


@register.simple_tag
def search_for(words: str = "", **operators: date | str) -> str:
    """The query of an inbox that lists these tickets."""
    said = [f"{name}:{value}" for name, value in operators.items()]
    return urlencode({"view": "all", "q": " ".join([words, *said]).strip()})
