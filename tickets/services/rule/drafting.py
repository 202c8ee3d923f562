"""Changing the draft of a rule set. Each change names its author and leaves an entry in the audit."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Min
from django.utils import timezone

from tickets.models import AuditEntry, Person, RuleEntry, RuleSet
from triage.engine.rule import Rule

from ..audit import note
from ..catalogue import built_in_set, next_number
from .set import base_rules


class NoDraft(Exception):
    """The set is no draft any more: somebody marked it as tested or threw it away meanwhile."""


class ChangedMeanwhile(Exception):
    """Somebody else saved this rule after it was opened."""


def draft_now() -> RuleSet | None:
    return RuleSet.objects.draft().select_related("base", "changed_by").defer("base__content").first()


def begin_draft(*, by: Person, of: RuleSet | None = None, about: str = "") -> RuleSet:
    """A draft that begins as the active set, or as `of`. Where there is one, that one."""
    if (draft := draft_now()) is not None:
        return draft
    source = of or RuleSet.objects.active().first() or built_in_set()
    try:
        with transaction.atomic():
            draft = RuleSet.objects.create(
                number=next_number(),
                version="draft",
                base=built_in_set(),
                begun_from=source,
                note=about,
                changed_by=by,
            )
            copy_entries(source, draft)
            note(
                AuditEntry.Kind.RULES,
                by=by,
                about=f"rule set {draft.number}",
                after={"begun from": source.number},
            )
    except IntegrityError:  # two began at once
        draft = RuleSet.objects.draft().get()
    return draft


def copy_entries(source: RuleSet, target: RuleSet) -> None:
    RuleEntry.objects.bulk_create(
        RuleEntry(
            rule_set=target, rule=entry.rule, kind=entry.kind, written=entry.written, position=entry.position
        )
        for entry in source.entries.all()
    )


@transaction.atomic
def save_rule(
    draft: RuleSet, rule: Rule, written: str, *, by: Person, opened: str = "", was: str = ""
) -> RuleEntry:
    """Keep a rule of our own. `was` is the id that it had; `opened` the text that its author began from."""
    _lock(draft)
    entry = draft.entries.filter(rule=was or rule.id).first()
    stored = entry.written if entry else ""
    if entry and entry.kind == RuleEntry.Kind.OWN and opened and stored != opened:
        raise ChangedMeanwhile
    if was and was != rule.id:
        if draft.entries.filter(rule=rule.id).exists():
            raise ChangedMeanwhile
        if entry and was in _base_ids(
            draft
        ):  # a rule of the catalogue that is changed under a new id is a new one
            entry = None
    if entry is None:
        entry = RuleEntry(
            rule_set=draft, position=None if rule.id in _base_ids(draft) else _lowest(draft) + 1
        )
    if entry.position is None and rule.id not in _base_ids(draft):
        entry.position = _lowest(draft) + 1
    entry.rule, entry.kind, entry.written = rule.id, RuleEntry.Kind.OWN, written
    entry.save()
    _changed(draft, rule.id, by, before={"rule": stored} if stored else None, after={"rule": written})
    return entry


@transaction.atomic
def drop_rule(draft: RuleSet, rule: str, *, by: Person) -> None:
    """Take a rule of our own away. Where it stood for one of the catalogue, that one is back."""
    _lock(draft)
    entry = draft.entries.filter(rule=rule, kind=RuleEntry.Kind.OWN).first()
    if entry is not None:
        entry.delete()
        _changed(draft, rule, by, before={"rule": entry.written})


@transaction.atomic
def switch_off(draft: RuleSet, rule: str, *, by: Person) -> None:
    """A rule of the catalogue; our own are dropped instead."""
    _lock(draft)
    if rule not in _base_ids(draft):
        return
    draft.entries.filter(rule=rule, kind=RuleEntry.Kind.PLACED).delete()
    _entry, created = RuleEntry.objects.get_or_create(
        rule_set=draft, rule=rule, defaults={"kind": RuleEntry.Kind.OFF}
    )
    if created:
        _changed(draft, rule, by, before={"on": True}, after={"on": False})


@transaction.atomic
def switch_on(draft: RuleSet, rule: str, *, by: Person) -> None:
    _lock(draft)
    gone, _ = draft.entries.filter(rule=rule, kind=RuleEntry.Kind.OFF).delete()
    if gone:
        _changed(draft, rule, by, before={"on": False}, after={"on": True})


@transaction.atomic
def put_first(draft: RuleSet, rule: str, *, by: Person) -> None:
    """Before all others: where it fires, it silences what speaks for another cause."""
    _lock(draft)
    entry = draft.entries.filter(rule=rule).first()
    if entry is None and rule in _base_ids(draft):
        entry = RuleEntry(rule_set=draft, rule=rule, kind=RuleEntry.Kind.PLACED)
    if entry is None or entry.kind == RuleEntry.Kind.OFF:
        return
    before, entry.position = entry.position, _highest(draft) - 1
    entry.save()
    _changed(draft, rule, by, before={"place": before}, after={"place": entry.position})


@transaction.atomic
def put_back(draft: RuleSet, rule: str, *, by: Person) -> None:
    """To its place in the catalogue; rules that are only ours have none."""
    _lock(draft)
    entry = draft.entries.filter(rule=rule, position__isnull=False).first()
    if entry is None or rule not in _base_ids(draft):
        return
    before = entry.position
    if entry.kind == RuleEntry.Kind.PLACED:
        entry.delete()
    else:
        entry.position = None
        entry.save(update_fields=["position"])
    _changed(draft, rule, by, before={"place": before}, after={"place": None})


@transaction.atomic
def move(draft: RuleSet, rule: str, *, up: bool, by: Person) -> None:
    """One place earlier or later among those that are heard first."""
    _lock(draft)
    placed = list(draft.entries.filter(position__isnull=False).order_by("position"))
    at = next((index for index, entry in enumerate(placed) if entry.rule == rule), None)
    other = None if at is None else at - 1 if up else at + 1
    if at is None or other is None or not 0 <= other < len(placed):
        return
    one, two = placed[at], placed[other]
    before, place = one.position, two.position
    RuleEntry.objects.filter(pk=two.pk).update(position=_highest(draft) - 1)
    RuleEntry.objects.filter(pk=one.pk).update(position=place)
    RuleEntry.objects.filter(pk=two.pk).update(position=before)
    _changed(draft, rule, by, before={"place": before}, after={"place": place})


@transaction.atomic
def discard(draft: RuleSet, *, by: Person) -> None:
    _lock(draft)
    entries = {entry.rule: entry.written or entry.kind for entry in draft.entries.all()}
    note(AuditEntry.Kind.RULES, by=by, about=f"rule set {draft.number}", before={"draft": entries})
    draft.delete()


@transaction.atomic
def replace_entries(draft: RuleSet, entries: list[RuleEntry], *, by: Person) -> None:
    """All at once, as an import does."""
    _lock(draft)
    before = {entry.rule: entry.written or entry.kind for entry in draft.entries.all()}
    draft.entries.all().delete()
    for entry in entries:
        entry.rule_set = draft
    RuleEntry.objects.bulk_create(entries)
    _changed(draft, "", by, before={"draft": before}, after={"imported": [entry.rule for entry in entries]})


def _lock(draft: RuleSet) -> None:
    if not RuleSet.objects.select_for_update().filter(pk=draft.pk, state=RuleSet.State.DRAFT).exists():
        raise NoDraft


def _changed(draft: RuleSet, rule: str, by: Person, *, before: Any = None, after: Any = None) -> None:
    draft.changed_by, draft.changed_at = by, timezone.now()
    draft.save(update_fields=["changed_by", "changed_at"])
    about = f"rule set {draft.number} {rule}".strip()
    note(AuditEntry.Kind.RULES, by=by, about=about, before=before, after=after)


def _base_ids(draft: RuleSet) -> frozenset[str]:
    return frozenset(rule.id for rule in base_rules(draft).rules)


def _highest(draft: RuleSet) -> int:
    return draft.entries.aggregate(at=Min("position"))["at"] or 0


def _lowest(draft: RuleSet) -> int:
    return draft.entries.aggregate(at=Max("position"))["at"] or 0
