"""Versions of articles: kept with every edit, compared, brought back."""

from collections.abc import Iterator

from django.db import transaction

from tickets.models import AuditEntry, FaqEntry, FaqVersion, Person

from ..audit import note as note_in_audit
from ..content_diff import Difference, NewerVersion, compared, sides
from .content import FACTS, PARTS, Content, newest_content, write_content


@transaction.atomic
def save_version(
    entry: FaqEntry,
    content: Content,
    *,
    by: Person,
    seen: int | None = None,
    note: str = "",
    slug: str = "",
) -> FaqVersion | None:
    """Keep it as the newest version; None where no word differs. Of a published article it is not public yet.

    `slug` moves an article that never was public. `seen` is the number that the edit began with.
    Raises NewerVersion.
    """
    held = FaqEntry.objects.select_for_update().get(pk=entry.pk)
    newest = held.versions.first()
    if seen is not None and newest is not None and newest.number != seen:
        raise NewerVersion(newest)
    if slug and slug != held.slug and held.published_at is None:
        note_in_audit(
            AuditEntry.Kind.ARTICLES, by=by, about=slug, before={"slug": held.slug}, after={"slug": slug}
        )
        held.slug = slug
        held.save()
    before = newest_content(held)
    if before == content:
        return None
    if newest is None:
        newest = FaqVersion.objects.create(
            entry=held,
            number=1,
            content=before,
            by=held.author,
            published_at=held.published_at if held.is_published else None,
        )
    version = FaqVersion.objects.create(
        entry=held, number=newest.number + 1, content=content, by=by, note=note[:200]
    )
    if held.is_published:
        held.change = FaqEntry.Change.DRAFT
    else:  # what was in review is looked at again
        write_content(held, content)
        held.state = FaqEntry.State.DRAFT if held.state != FaqEntry.State.ARCHIVED else held.state
        held.author = held.author or by
    held.is_built_in = False  # loading the catalogue again leaves it alone from now on
    held.save()
    note_in_audit(AuditEntry.Kind.ARTICLES, by=by, about=held.slug, **sides(differences(before, content)))
    return version


def bring_back(version: FaqVersion, *, by: Person, note: str) -> FaqVersion | None:
    """As the newest version, to be reviewed like any other change."""
    return save_version(version.entry, version.content, by=by, note=note)


def differences(before: Content, after: Content) -> Iterator[Difference]:
    return compared(before, after, facts=FACTS, parts=PARTS)


def standing_before(version: FaqVersion) -> Content:
    """The version before it; for the first one an empty article."""
    earlier = version.entry.versions.filter(number__lt=version.number).first()
    if earlier is not None:
        return dict(earlier.content)
    return {"cause": "", "codes": [], "strings": [], "related": [], "gap": "", "texts": {}}
