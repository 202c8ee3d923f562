"""Whoever keeps articles is told once when one of them is due to be read again."""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tickets.models import FaqEntry, Person, Role

from .. import outbox
from ..staff_letter import write_to
from .recheck import Why, due_for_recheck

MOST_NAMED = 50


def ask_daily() -> None:
    """Ask for today's look, once whoever asks."""
    outbox.add("note_rechecks", key=f"note_rechecks:{timezone.now():%Y-%m-%d}")


def ask_now() -> None:
    """Other rules judge now, or another age counts."""
    outbox.add("note_rechecks")


@transaction.atomic
def note_rechecks(*, idempotency_key: str = "") -> None:
    """Keep on each article whether it is due, which the rail counts, and tell of those that were not before."""
    entries = list(FaqEntry.objects.select_for_update(of=("self",)).select_related("reviewer", "author"))
    due = due_for_recheck(entries)
    fresh = []
    for entry in entries:
        why = str(due.get(entry.pk, ""))
        if why and not entry.recheck_why:
            fresh.append(entry)
        if entry.recheck_why != why:
            entry.recheck_why = why
            entry.save(update_fields=["recheck_why"])
    for reader, of_reader in _by_reader(fresh).items():
        named = sorted(entry.pk for entry in of_reader)
        told = sha256(f"{reader} {named} {timezone.now().isoformat()}".encode()).hexdigest()[:32]
        outbox.add("mail_rechecks", reader, named, key=f"rechecks:{told}")


def mail_rechecks(person_id: int, entry_ids: Sequence[int], *, idempotency_key: str) -> None:
    """The letter about these articles; of those that were read again or taken down meanwhile it says nothing."""
    reader = Person.objects.filter(pk=person_id, is_active=True).first()
    entries = list(FaqEntry.objects.due().filter(pk__in=entry_ids).prefetch_related("texts").order_by("slug"))
    if reader and entries:
        write_to(reader, idempotency_key, lambda: _words(entries))


def told_of(entry: FaqEntry) -> list[Person]:
    """Who must look: the reviewer, or the author; where neither keeps articles any more, every admin."""
    for person in (entry.reviewer, entry.author):
        if person and person.is_active and person.role == Role.ADMIN:
            return [person]
    return list(Person.objects.filter(is_active=True, role=Role.ADMIN))


def _by_reader(entries: Sequence[FaqEntry]) -> dict[int, list[FaqEntry]]:
    found: dict[int, list[FaqEntry]] = defaultdict(list)
    for entry in entries:
        for person in told_of(entry):
            found[person.pk].append(entry)
    return found


def _words(entries: Sequence[FaqEntry]) -> tuple[str, list[str]]:
    count = len(entries)
    subject = ngettext("%(n)d article to read again", "%(n)d articles to read again", count) % {"n": count}
    reasons = {
        Why.RULES: _("The rules behind it changed."),
        Why.AGE: _("Nobody verified it for long."),
    }
    lines = [
        f"{_title(entry)}\n{reasons[Why(entry.recheck_why)]}\n"
        f"{settings.BASE_URL}{reverse('faq_entry', args=[entry.pk])}"
        for entry in entries[:MOST_NAMED]
    ]
    more = _("All of them:") + f"\n{settings.BASE_URL}{reverse('articles')}?state=due"
    return subject, [
        _("Correct what is not right any more, or say on its page that it is still right."),
        *lines,
        *([more] if count > MOST_NAMED else []),
    ]


def _title(entry: FaqEntry) -> str:
    titles = {text.language: text.title for text in entry.texts.all()}
    return titles.get(get_language() or "en") or next(iter(titles.values()), entry.slug)
