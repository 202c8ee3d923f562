"""Versions of canned replies and of macros: numbered, whole, never changed afterwards."""

from typing import Any

from tickets.models import CannedReply, Macro, Person

from .content_diff import Content, NewerVersion


def stop_if_newer(kept: CannedReply | Macro, seen: int | None) -> None:
    """`seen` is the number that an edit began with. Raises NewerVersion."""
    newest = kept.versions.first()
    if seen is not None and newest is not None and newest.number != seen:
        raise NewerVersion(newest)


def add_version(
    kept: CannedReply | Macro,
    content: Content,
    *,
    by: Person,
    before: Content | None = None,
    note: str = "",
) -> Any:
    """Behind the others. Of what nobody edited yet, what stood `before` is kept first."""
    versions: Any = kept.versions
    newest = versions.first()
    if newest is None and before is not None:
        newest = versions.create(number=1, content=before)
    number = newest.number + 1 if newest else 1
    return versions.create(number=number, content=content, by=by, note=note[:200])


def content_before(version: Any, kept: CannedReply | Macro) -> Content | None:
    """The version before this one; None for the first."""
    earlier = kept.versions.filter(number__lt=version.number).first()
    return dict(earlier.content) if earlier is not None else None
