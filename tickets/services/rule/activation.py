"""From draft to tested to active, and back in one step. No set becomes active that cannot be compiled."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tickets.models import AuditEntry, Backtest, Person, RuleSet
from triage.engine import matcher_for
from triage.engine.catalogue.problem import CatalogueError, Problem

from ..audit import note
from ..catalogue import built_in_set, next_number
from ..faq import recheck_telling as faq_recheck_telling
from .drafting import NoDraft, copy_entries
from .set import digest_of, problems_of, rules_of, version_of


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What keeps a draft from being marked as tested."""

    problems: list[Problem]
    needs_backtest: bool
    is_unchanged: bool

    def __bool__(self) -> bool:
        return bool(self.problems) or self.needs_backtest or self.is_unchanged


class NotYet(Exception):
    def __init__(self, obstacles: Obstacles) -> None:
        super().__init__("the rule set cannot become active")
        self.obstacles = obstacles


class SamePerson(Exception):
    """Who changed a set last does not activate it."""


def obstacles_of(draft: RuleSet) -> Obstacles:
    digest = digest_of(draft)
    tested = draft.backtests.filter(state=Backtest.State.DONE, digest=digest).exists()
    active = RuleSet.objects.active().select_related("base").first()
    unchanged = not draft.entries.exists() if active is None else _judges_like(draft, active)
    return Obstacles(problems_of(draft), not tested, unchanged)


@transaction.atomic
def mark_tested(draft: RuleSet, *, by: Person) -> RuleSet:
    """From here on it does not change. It has been tried on past tickets exactly as it is."""
    if not RuleSet.objects.select_for_update().filter(pk=draft.pk, state=RuleSet.State.DRAFT).exists():
        raise NoDraft
    if obstacles := obstacles_of(draft):
        raise NotYet(obstacles)
    draft.version, draft.state = version_of(draft), RuleSet.State.TESTED
    draft.save(update_fields=["version", "state"])
    _note(draft, by, before="draft", after="tested")
    return draft


@transaction.atomic
def set_aside(rule_set: RuleSet, *, by: Person) -> None:
    """A tested set that shall not become active after all. It stays in the list."""
    changed = RuleSet.objects.filter(pk=rule_set.pk, state=RuleSet.State.TESTED).update(
        state=RuleSet.State.RETIRED
    )
    if changed:
        _note(rule_set, by, before="tested", after="retired")


@transaction.atomic
def activate(rule_set: RuleSet, *, by: Person) -> RuleSet:
    """A second person lets it judge from the next ticket on."""
    rule_set = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    if rule_set.state != RuleSet.State.TESTED:
        raise NoDraft
    if not rule_set.waits_for(by):
        raise SamePerson
    if problems := problems_of(rule_set):
        raise NotYet(Obstacles(problems, needs_backtest=False, is_unchanged=False))
    _make_active(rule_set, by)
    return rule_set


@transaction.atomic
def bring_back(old: RuleSet, *, by: Person) -> RuleSet:
    """A new version equal to one that was active before, active at once: two people stood for it already."""
    list(RuleSet.objects.select_for_update().active())
    again = _copy(old, changed_by=old.changed_by, base=old if old.is_built_in else old.base)
    problems = _compile_problems(again)
    if problems:
        raise NotYet(Obstacles(problems, needs_backtest=False, is_unchanged=False))
    _make_active(again, by)
    return again


@transaction.atomic
def carry_over() -> RuleSet | None:
    """After an upgrade: the changes of the active set on top of the new catalogue, as a version of its own. Where they
    do not fit any more, the set stays as it is, on the catalogue that it was made for.
    """
    active = RuleSet.objects.active().select_related("base").first()
    base = built_in_set()
    if active is None or active.is_built_in or active.base == base:
        return active
    again = _copy(active, changed_by=active.changed_by, base=base)
    if problems_of(again):
        again.entries.all().delete()
        again.delete()
        return active
    _make_active(again, "load_catalogue")
    return again


def _copy(old: RuleSet, *, changed_by: Person | None, base: RuleSet | None) -> RuleSet:
    number = next_number()
    again = RuleSet.objects.create(
        number=number, version=f"{number}-copy", state=RuleSet.State.TESTED, base=base, begun_from=old,
        brings_back=old, note=old.note, changed_by=changed_by,
    )  # fmt: skip
    if not old.is_built_in:
        copy_entries(old, again)
    again.version = version_of(again)
    again.save(update_fields=["version"])
    return again


def _make_active(rule_set: RuleSet, by: Person | str) -> None:
    matcher_for(rules_of(rule_set))
    before = RuleSet.objects.active().first()
    RuleSet.objects.active().update(state=RuleSet.State.RETIRED)
    rule_set.state, rule_set.activated_at = RuleSet.State.ACTIVE, timezone.now()
    rule_set.activated_by = by if isinstance(by, Person) else None
    rule_set.save(update_fields=["state", "activated_at", "activated_by"])
    faq_recheck_telling.ask_now()
    note(
        AuditEntry.Kind.RULES,
        by=by,
        about=f"rule set {rule_set.number}",
        before=before and {"active": before.number, "version": before.version},
        after={"active": rule_set.number, "version": rule_set.version}
        | ({"brings back": rule_set.brings_back.number} if rule_set.brings_back else {}),
    )


def _compile_problems(rule_set: RuleSet) -> list[Problem]:
    try:
        matcher_for(rules_of(rule_set))
    except CatalogueError as refusal:
        return list(refusal.problems)
    return []


def _judges_like(draft: RuleSet, active: RuleSet) -> bool:
    if active.is_built_in:
        return not draft.entries.exists() and (draft.base_id == active.pk)
    return digest_of(draft) == digest_of(active)


def _note(rule_set: RuleSet, by: Person, *, before: str, after: str) -> None:
    about = f"rule set {rule_set.number}"
    note(AuditEntry.Kind.RULES, by=by, about=about, before={"state": before}, after={"state": after})
