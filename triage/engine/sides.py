"""The two rule sets that a back-test compares, seen from whichever set judged a text then."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import matcher_for
from .differ import Derivation, changed_rules, judge_whole
from .keep import restore, restore_fired
from .rule import Rule, RuleSet
from .signals import Signals, SignalValue


@dataclass(frozen=True, slots=True)
class Judged:
    """A stored judgement: its text, its signals as they were kept, the version that judged, and the cause it found.

    `kept` is JSON as it was stored: whoever judges reads it, and a pipe carries it faster than what it holds.
    """

    text: str
    kept: str
    version: str
    cause: str


@dataclass(frozen=True, slots=True)
class Both:
    """What both sets say of one text; which rules fire is only told where they may differ."""

    cause_before: str
    cause_after: str
    may_differ: bool = False
    fired_before: tuple[str, ...] = ()
    fired_after: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()  # after, and silenced by none


class Sides:
    """`find` gives the rules that a version names, or None where they cannot be read any more."""

    def __init__(self, before: RuleSet, after: RuleSet, find: Callable[[str], RuleSet | None]) -> None:
        self.before, self.after = before, after
        self.changed = frozenset(rule.id for rule in changed_rules(before, after))
        self._find = find
        self._known: dict[str, RuleSet | None] = {}
        self._named: dict[str, dict[str, Rule]] = {}
        self._derivations: dict[str, tuple[Derivation, Derivation]] = {}

    def rules_of(self, version: str) -> RuleSet | None:
        if version not in self._known:
            rules = self._known[version] = self._find(version)
            self._named[version] = {rule.id: rule for rule in rules.rules} if rules else {}
        return self._known[version]

    def judge_kept(self, judged: Judged, same_for_all: Mapping[str, SignalValue]) -> Both | None:
        """None where its signals were kept in another form: the text must be read anew."""
        kept = json.loads(judged.kept)
        signals = restore(judged.text, kept, same_for_all)
        return self.judge(judged, kept, signals) if signals else None

    def judge(self, judged: Judged, kept: Mapping[str, Any], signals: Signals) -> Both:
        """`kept` and `signals` are what it keeps, read."""
        rules = self.rules_of(judged.version)
        if rules is None:
            fired, rules, cause = judge_whole(matcher_for(self.before), signals), self.before, ""
        else:
            fired, cause = restore_fired(kept, self._named[judged.version]), judged.cause
        to_before, to_after = self._from(rules)
        before, after = to_before.judge(signals, fired), to_after.judge(signals, fired)
        cause = cause or to_before.conclude(signals, fired).cause.slug
        if before is None and after is None:
            return Both(cause, cause)
        after = after or to_after.conclude(signals, fired)
        return Both(
            before.cause.slug if before else cause,
            after.cause.slug,
            True,
            tuple(rule.id for rule in before.fired) if before else tuple(each.rule.id for each in fired),
            tuple(rule.id for rule in after.fired),
            tuple(rule.id for rule in after.fired if not rule.silenced_by),
        )

    def _from(self, rules: RuleSet) -> tuple[Derivation, Derivation]:
        if rules.version not in self._derivations:
            self._derivations[rules.version] = (
                Derivation(rules, self.before),
                Derivation(rules, self.after),
            )
        return self._derivations[rules.version]
