"""Articles for an answer: those that fit the ticket, and the link that a customer can follow."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from tickets.models import Ticket

from .finding import Found, all_articles, article_for_cause, find_articles


@dataclass(frozen=True, slots=True)
class Linked:
    """An article in the ticket's reply language, with the Markdown that goes into the answer."""

    found: Found
    link: str


def article_links(ticket: Ticket, *, words: str = "") -> list[Linked]:
    """Those that the words find, best first; without words that of the cause, then all by title."""
    language = ticket.language
    every = all_articles(language=language)
    if words.strip():
        found = find_articles(words, language=language, limit=len(every))
    else:
        fitting = article_for_cause(ticket.cause, language=language)
        found = [*([fitting] if fitting else []), *(each for each in every if each != fitting)]
    return [Linked(each, _link(each, language)) for each in found]


def article_link(ticket: Ticket, slug: str) -> str:
    """The link of one article by its name; empty where there is none in the reply language."""
    return next(
        (
            _link(each, ticket.language)
            for each in all_articles(language=ticket.language)
            if each.slug == slug
        ),
        "",
    )


def _link(found: Found, language: str) -> str:
    path = reverse("article_zh" if language.startswith("zh") else "article", args=[found.slug])
    title = found.title.replace("[", "(").replace("]", ")")
    return f"[{title}]({settings.BASE_URL}{path})"
