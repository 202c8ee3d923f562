"""A candidate becomes a draft in the fixed shape; of an article that stands, only its error texts grow."""

import re

from django.db import transaction

from tickets.models import AuditEntry, FaqEntry, FaqText, FaqVersion, Person

from ..audit import note
from .candidate import UNKNOWN, Candidate
from .content import FACTS, Content, newest_content
from .drafted import drafted, error_strings
from .version import save_version


class NothingToAdd(Exception):
    """The errors have no text in common that could be added."""


@transaction.atomic
def draft_article(candidate: Candidate, *, by: Person) -> FaqEntry:
    """The article of the cause that stands already, or a new draft. Asked twice, it answers with the first."""
    slug = slug_of(candidate)
    standing = candidate.entry or FaqEntry.objects.filter(slug=slug).exclude(state="archived").first()
    if standing is not None:
        return standing
    return begin_article(free_slug(slug), drafted(candidate), by=by, tickets=candidate.tickets)


@transaction.atomic
def begin_article(slug: str, content: Content, *, by: Person, tickets: int = 0) -> FaqEntry:
    """A new draft with its first version; the one that stands already where two begin it in the same moment."""
    facts = {name: content[name] for name in FACTS}
    entry, is_new = FaqEntry.objects.get_or_create(
        slug=slug, defaults={"state": FaqEntry.State.DRAFT, "author": by, **facts}
    )
    if is_new:
        for language, said in content["texts"].items():
            FaqText.objects.create(entry=entry, language=language, **said)
        FaqVersion.objects.create(entry=entry, number=1, content=content, by=by)
        after = {"state": entry.state, "cause": entry.cause, "tickets": tickets}
        note(AuditEntry.Kind.ARTICLES, by=by, about=entry.slug, after=after)
    return entry


@transaction.atomic
def add_errors(candidate: Candidate, entry: FaqEntry, *, by: Person) -> None:
    """The errors that the article does not name yet, as one more version of it. Raises NothingToAdd."""
    content = newest_content(entry)
    added = [each for each in error_strings(candidate) if each not in content["strings"]]
    if not added:
        raise NothingToAdd
    grown = {**content, "strings": [*content["strings"], *added]}
    save_version(entry, grown, by=by)


def slug_of(candidate: Candidate) -> str:
    if candidate.cause == UNKNOWN:
        return f"error-{candidate.fingerprint[:8]}"
    return re.sub(r"[._]", "-", candidate.cause)


def free_slug(slug: str) -> str:
    """An archived article keeps its address."""
    taken = set(FaqEntry.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(each for each in (slug, *(f"{slug}-{n}" for n in range(2, 1000))) if each not in taken)
