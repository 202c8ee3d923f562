"""The way of an article: draft, in review, published, archived. Two people stand behind what is public."""

from django.db import transaction
from django.utils import timezone

from tickets.models import AuditEntry, FaqEntry, FaqVersion, Person
from triage.engine.lint.article import Failure

from ..audit import note as note_in_audit
from ..publication import failures_of
from ..rule.digest import digest_of
from .content import newest_content, write_content

State, Change = FaqEntry.State, FaqEntry.Change


class NotNow(Exception):
    """The article is not where this step begins."""


class OwnWork(Exception):
    """Who wrote it does not review it."""


class Refused(Exception):
    """The publication check found something."""

    def __init__(self, failures: tuple[Failure, ...]) -> None:
        self.failures = failures


@transaction.atomic
def submit(entry: FaqEntry, *, by: Person) -> None:
    """Ask for a review of the newest version."""
    held = _held(entry, State.DRAFT)
    _move(held, State.IN_REVIEW, by=by)


@transaction.atomic
def send_back(entry: FaqEntry, *, by: Person, why: str) -> None:
    """Not yet: the author reads why."""
    held = _held(entry, State.IN_REVIEW)
    _move(held, State.DRAFT, by=by, why=why)
    newest = _newest(held)
    FaqVersion.objects.filter(pk=newest.pk).update(note=why[:200])


def sent_back(entry: FaqEntry) -> AuditEntry | None:
    """Who sent the draft back and why (`after["why"]`), until it goes into review again."""
    if entry.stage != State.DRAFT:
        return None
    steps = AuditEntry.objects.filter(kind=AuditEntry.Kind.ARTICLES, about=entry.slug, after__has_key="state")
    last = steps.select_related("by").first()
    return last if last and last.after and last.after.get("why") else None


@transaction.atomic
def publish(entry: FaqEntry, *, by: Person) -> None:
    """Make the newest version public. Raises NotNow, OwnWork or Refused, with nothing done."""
    held = _held(entry, State.IN_REVIEW)
    if by.pk in held.writers():
        raise OwnWork
    content = newest_content(held)
    failures = failures_of(held, content=content)
    if failures:
        raise Refused(failures)
    newest, now = _newest(held), timezone.now()
    write_content(held, content)
    before = held.state
    held.state, held.change = State.PUBLISHED, Change.NONE
    held.author, held.reviewer = newest.by, by
    held.published_at = held.published_at or now
    held.verified_at, held.rules_seen, held.recheck_why = now, digest_of(held.cause), ""
    held.save()
    FaqVersion.objects.filter(pk=newest.pk).update(published_at=now)
    _note(held, by=by, before={"state": before}, after={"state": held.state, "version": newest.number})


@transaction.atomic
def discard_change(entry: FaqEntry, *, by: Person) -> None:
    """What is public stays; the change that waited is kept as a version only."""
    held = FaqEntry.objects.select_for_update().get(pk=entry.pk)
    if not (held.is_published and held.change):
        raise NotNow
    before, held.change = held.change, Change.NONE
    held.save()
    _note(held, by=by, before={"change": before}, after={"change": ""})


@transaction.atomic
def archive(entry: FaqEntry, *, by: Person) -> None:
    """Off the public pages; nothing is lost."""
    held = FaqEntry.objects.select_for_update().get(pk=entry.pk)
    if held.state == State.ARCHIVED:
        raise NotNow
    before = held.state
    if held.change:  # the newest version is what is taken up again
        write_content(held, newest_content(held))
    held.state, held.change = State.ARCHIVED, Change.NONE
    held.save()
    _note(held, by=by, before={"state": before}, after={"state": held.state})


@transaction.atomic
def take_up(entry: FaqEntry, *, by: Person) -> None:
    """An archived article becomes a draft again."""
    held = _held(entry, State.ARCHIVED)
    _move(held, State.DRAFT, by=by)


@transaction.atomic
def confirm(entry: FaqEntry, *, by: Person) -> None:
    """A person read it again and found it right."""
    held = FaqEntry.objects.select_for_update().get(pk=entry.pk)
    if not held.is_published:
        raise NotNow
    before = held.verified_at
    held.verified_at, held.rules_seen, held.recheck_why = timezone.now(), digest_of(held.cause), ""
    held.save()
    _note(
        held,
        by=by,
        before={"verified_at": before and before.isoformat()},
        after={"verified_at": held.verified_at.isoformat()},
    )


def _held(entry: FaqEntry, stage: str) -> FaqEntry:
    held = FaqEntry.objects.select_for_update().get(pk=entry.pk)
    if held.stage != stage:
        raise NotNow
    return held


def _newest(entry: FaqEntry) -> FaqVersion:
    newest = entry.versions.first()
    if newest is None:
        newest = FaqVersion.objects.create(
            entry=entry, number=1, content=newest_content(entry), by=entry.author
        )
    return newest


def _move(entry: FaqEntry, to: str, *, by: Person, why: str = "") -> None:
    before = entry.stage
    if entry.is_published:
        entry.change = Change(to)
    else:
        entry.state = State(to)
    entry.save()
    _note(entry, by=by, before={"state": before}, after={"state": to, **({"why": why} if why else {})})


def _note(entry: FaqEntry, *, by: Person, before: object, after: object) -> None:
    note_in_audit(AuditEntry.Kind.ARTICLES, by=by, about=entry.slug, before=before, after=after)
