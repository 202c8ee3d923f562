"""From the rows of a rule set to the rules that judge. Which set is active is asked each time; what it holds is read
once in each process.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

import structlog

from tickets.models import RuleEntry, RuleSet
from triage.engine import matcher_for
from triage.engine.catalogue.load import unknown_causes
from triage.engine.catalogue.problem import CatalogueError, Problem
from triage.engine.catalogue.written import Written, read_all, read_written
from triage.engine.examine import examine_rule
from triage.engine.rule import Rule
from triage.engine.rule import RuleSet as Rules

from ..catalogue import catalogue

log = structlog.get_logger()

MOST_READ = 8  # sets kept in memory: the active one, drafts, and those compared with
HIGHEST_RANK = 1_000_000_000
_read: dict[str, Rules] = {}


def active_rules() -> Rules:
    """The rules that judge now. A set that cannot be read any more gives way to the catalogue: the desk goes on."""
    active = RuleSet.objects.active().select_related("base").defer("content", "base__content").first()
    if active is None or active.is_built_in:
        return catalogue().rule_set
    if active.version in _read:
        return _read[active.version]
    try:
        return rules_of(active)
    except CatalogueError as refusal:
        log.error("rule_set_unreadable", rule_set=active.version, problem=str(refusal)[:500])
        return catalogue().rule_set


def rules_of(rule_set: RuleSet, entries: Iterable[RuleEntry] | None = None) -> Rules:
    """All rules of a set in the order in which they are heard. Raises CatalogueError where one cannot be read.

    `entries` are looked at instead of those stored: what a change would make of the set.
    """
    if rule_set.is_built_in:
        return base_rules(rule_set)
    listed = list(rule_set.entries.all() if entries is None else entries)
    # What judged once keeps the version that verdicts name, also where somebody's name was taken out of a case since.
    version = rule_set.version if rule_set.activated_at else version_of(rule_set, listed)
    if version not in _read:
        rules = _compose(rule_set, listed, version)
        while len(_read) >= MOST_READ:
            _read.pop(next(iter(_read)), None)
        _read[version] = rules
    return _read[version]


def base_rules(rule_set: RuleSet) -> Rules:
    """The rules of the catalogue that a set stands on, also where the catalogue has moved on since."""
    base = rule_set if rule_set.is_built_in else rule_set.base
    built_in = catalogue().rule_set
    if base is None or base.version == built_in.version:
        return built_in
    if base.version not in _read:
        content = RuleSet.objects.values_list("content", flat=True).get(pk=base.pk)
        written = read_all(content, may_alias=True)
        _refuse(_mistakes(written))
        rules = {each.rule.id: each.rule for each in written if each.rule}
        _read[base.version] = Rules(base.version, tuple(rules.values()))
    return _read[base.version]


def problems_of(rule_set: RuleSet, entries: Iterable[RuleEntry] | None = None) -> list[Problem]:
    """All that keeps a set from being active: what cannot be read, and own rules that miss their own cases."""
    listed = list(rule_set.entries.all() if entries is None else entries)
    try:
        rules = rules_of(rule_set, listed)
    except CatalogueError as refusal:
        return list(refusal.problems)
    own = {entry.rule for entry in listed if entry.kind == RuleEntry.Kind.OWN}
    matcher = matcher_for(rules)
    return [problem for rule in rules.rules if rule.id in own for problem in examine_rule(rule, matcher)]


def problems_with(rule: Rule) -> list[Problem]:
    """Causes that a rule names and that there are not."""
    return unknown_causes([rule], (), catalogue().causes)


def digest_of(rule_set: RuleSet, entries: Iterable[RuleEntry] | None = None) -> str:
    """One value for exactly these rules: sets that judge alike have it in common."""
    listed = rule_set.entries.all() if entries is None else entries
    rows = sorted((entry.rule, entry.kind, entry.position, entry.written) for entry in listed)
    base = rule_set.version if rule_set.is_built_in else rule_set.base and rule_set.base.version
    return hashlib.sha256(json.dumps([base, rows]).encode()).hexdigest()


def version_of(rule_set: RuleSet, entries: Iterable[RuleEntry] | None = None) -> str:
    return (
        rule_set.version if rule_set.is_built_in else f"{rule_set.number}-{digest_of(rule_set, entries)[:10]}"
    )


def _compose(rule_set: RuleSet, entries: list[RuleEntry], version: str) -> Rules:
    """First what was put first, then the rest of the catalogue in its order, changed where it was changed."""
    base = {rule.id: rule for rule in base_rules(rule_set).rules}
    own = _own_rules(entry for entry in entries if entry.kind == RuleEntry.Kind.OWN)
    off = {entry.rule for entry in entries if entry.kind == RuleEntry.Kind.OFF}
    known = {**base, **own}
    placed = sorted(
        (entry.position, entry.rule)
        for entry in entries
        if entry.position is not None and entry.rule in known
    )
    first = [replace(known[rule], rank=HIGHEST_RANK - position) for position, rule in placed]
    ahead = {rule for _, rule in placed} | off
    rest = [rule for name, rule in known.items() if name not in ahead]
    return Rules(version, (*first, *rest))


def _own_rules(entries: Iterable[RuleEntry]) -> Mapping[str, Rule]:
    written = {entry.rule: read_written(entry.written) for entry in entries}
    problems = _mistakes(written.values())
    rules = {name: each.rule for name, each in written.items() if each.rule}
    problems += [problem for rule in rules.values() for problem in problems_with(rule)]
    problems += [
        Problem("rules", name, f"names itself {rule.id}") for name, rule in rules.items() if rule.id != name
    ]
    _refuse(problems)
    return rules


def _mistakes(written: Iterable[Written]) -> list[Problem]:
    return [
        Problem("rules", str(each.raw.get("id", "")), mistake.what, mistake.at)
        for each in written
        for mistake in each.mistakes
    ]


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise CatalogueError(tuple(problems))
