"""Whether the rules behind a cause are still those that an article was verified against."""

import json
from collections import defaultdict
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from triage.engine.rule import Rule
from triage.engine.rule import RuleSet as Rules

from .set import active_rules

MOST_KEPT = 4
_kept: dict[str, dict[str, str]] = {}  # by version, which tells the content


def digests(rules: Rules | None = None) -> dict[str, str]:
    """For each cause a digest of the rules that speak for it; without rules named, of those that judge now."""
    rules = active_rules() if rules is None else rules
    if rules.version not in _kept:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[rules.version] = _digests(rules)
    return _kept[rules.version]


def digest_of(cause: str) -> str:
    return digests().get(cause, "")


def _digests(rules: Rules) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for rule in rules.rules:
        found[rule.cause].append(_written(rule))
    return {
        cause: sha256("\n".join(sorted(each)).encode("utf-8", "replace")).hexdigest()[:32]
        for cause, each in found.items()
    }


def _written(rule: Rule) -> str:
    """Without its papers, its tests and its place among others."""
    said = [rule.id, rule.strength, asdict(rule.when), asdict(rule.because), rule.beats, rule.asks]
    return json.dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, set | frozenset) else str(value)
