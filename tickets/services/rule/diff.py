"""What one rule set has otherwise than another, rule by rule, with the lines that differ."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models import RuleEntry, RuleSet
from triage.engine.catalogue.written import as_yaml, raw_of
from triage.engine.rule import Rule

from .set import base_rules

AROUND = 2  # lines shown around a difference


class Kind(models.TextChoices):
    ADDED = "added", _("added")
    REMOVED = "removed", _("taken away")
    CHANGED = "changed", _("changed")
    OFF = "off", _("switched off")
    ON = "on", _("switched on again")
    MOVED = "moved", _("heard in another order")


@dataclass(frozen=True, slots=True)
class Line:
    sign: str  # + - or a blank
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    rule: str
    kind: Kind
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class _Side:
    base: Mapping[str, Rule]
    entries: Mapping[str, RuleEntry]

    @classmethod
    def of(cls, rule_set: RuleSet) -> "_Side":
        base = {rule.id: rule for rule in base_rules(rule_set).rules}
        return cls(base, {entry.rule: entry for entry in rule_set.entries.all()})

    def written(self, rule: str) -> str:
        entry = self.entries.get(rule)
        if entry is not None and entry.written:
            return entry.written
        return as_yaml(raw_of(self.base[rule])) if rule in self.base else ""

    def is_off(self, rule: str) -> bool:
        entry = self.entries.get(rule)
        return entry is not None and entry.kind == RuleEntry.Kind.OFF

    @property
    def first(self) -> list[str]:
        """Those that were put first, in their order."""
        placed = [
            (entry.position, entry.rule) for entry in self.entries.values() if entry.position is not None
        ]
        return [rule for _position, rule in sorted(placed)]


def differences(before: RuleSet, after: RuleSet) -> list[Difference]:
    """In the order of the rules' ids. Three statements at most."""
    one, two = _Side.of(before), _Side.of(after)
    named = {*one.entries, *two.entries}
    if one.base is not two.base:
        named |= {rule for rule in {*one.base, *two.base} if one.base.get(rule) != two.base.get(rule)}
    moved = _moved(one.first, two.first)
    return [
        difference for rule in sorted(named) if (difference := _difference(rule, one, two, rule in moved))
    ]


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Rules that were put first or back, and those that changed their place among the ones that stayed."""
    stayed = set(before) & set(after)
    old, new = ([rule for rule in order if rule in stayed] for order in (before, after))
    matched = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {rule for block in matched for rule in old[block.a : block.a + block.size]}
    return (set(before) | set(after)) - kept


def _difference(rule: str, before: _Side, after: _Side, is_moved: bool) -> Difference | None:
    old, new = before.written(rule), after.written(rule)
    lines = list(_lines(old, new)) if old != new else []
    if before.is_off(rule) != after.is_off(rule):
        return Difference(rule, Kind.OFF if after.is_off(rule) else Kind.ON, lines)
    if lines:
        return Difference(rule, Kind.CHANGED if old and new else Kind.ADDED if new else Kind.REMOVED, lines)
    return Difference(rule, Kind.MOVED, []) if is_moved else None


def _lines(old: str, new: str) -> Iterator[Line]:
    compared = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=AROUND)
    for at, line in enumerate(compared):
        if at > 1 and not line.startswith("@@"):
            yield Line(line[0], line[1:])
