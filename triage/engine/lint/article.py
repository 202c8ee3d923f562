"""What keeps an article from being published. Pure: what is known of the outside comes in as arguments."""

from collections.abc import Callable, Container
from datetime import date

from .article_agreement import agreement_failures
from .article_draft import Draft, Failure, Page, Version
from .article_invention import invention_failures
from .article_languages import language_failures
from .article_links import link_failures
from .article_secrets import secret_failures
from .article_wording import wording_failures

__all__ = ["Draft", "Failure", "Page", "Version", "publication_failures"]


def publication_failures(
    draft: Draft,
    *,
    resolves: Callable[[str], bool],
    hosts: Container[str] = frozenset(),
    today: date | None = None,
) -> tuple[Failure, ...]:
    """Every failure, with its place and its reason; none means that the article may go public.

    `resolves` says whether a path of our own leads to a public page. `hosts` are our own names, which an article
    may give as addresses; all others must be kept for documentation, such as api.example.com.
    """
    return (
        *language_failures(draft),
        *agreement_failures(draft, today=today),
        *link_failures(draft, resolves=resolves),
        *wording_failures(draft),
        *invention_failures(draft, hosts=hosts),
        *secret_failures(draft),
    )
